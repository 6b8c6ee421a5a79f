using EdgeHost.Capabilities.Health;
using EdgeHost.Client.Health.Replay;

namespace EdgeHost.Host.Replaying;

/// <summary>What a file of a record has: a signal, or readings.</summary>
/// <param name="What">What it is, for people.</param>
/// <param name="Kind">What the signal is of; no meaning for readings.</param>
/// <param name="Signal">The signal, or null.</param>
/// <param name="Samples">The readings, or empty.</param>
internal sealed record RecordedFile(string What, WaveKind Kind, ReplaySignal? Signal, IReadOnlyList<HealthSample> Samples);
