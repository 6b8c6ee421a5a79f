using EdgeHost.Capabilities.Health;
using EdgeHost.Wfdb;

namespace EdgeHost.Plugins.Health.Recordings;

/// <summary>A wave that is to be kept, without its samples.</summary>
/// <param name="Kind">What it is of.</param>
/// <param name="Time">When it starts, in milliseconds since 1970 (UTC).</param>
/// <param name="OffsetMinutes">The person's time zone then, in minutes east of UTC, or null.</param>
/// <param name="RateHz">Samples a second.</param>
/// <param name="Unit">The unit of the samples.</param>
/// <param name="Name">The lead or sensor; with kind, time and source it tells the wave from others.</param>
/// <param name="Source">What measured it.</param>
/// <param name="Annotations">What the record says of it.</param>
internal sealed record WaveInfo(
    WaveKind Kind, long Time, int? OffsetMinutes, double RateHz, string Unit, string Name, string Source, IReadOnlyList<WfdbAnnotation> Annotations);
