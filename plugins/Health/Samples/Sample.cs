namespace EdgeHost.Plugins.Health.Samples;

/// <summary>A reading as it is kept.</summary>
/// <param name="Type">What was measured.</param>
/// <param name="Time">When, in milliseconds since 1970 (UTC).</param>
/// <param name="Source">What measured it.</param>
/// <param name="Value">The value in the type's own unit.</param>
/// <param name="GivenValue">The number as it came.</param>
/// <param name="GivenUnit">The unit as it came.</param>
/// <param name="OffsetMinutes">The person's time zone then, in minutes east of UTC, or null.</param>
/// <param name="Flag">Why it is not plausible, or null.</param>
/// <param name="Identity">What tells the reading from all others of its source whatever its time, or null where only its time does. It is not kept but as a keyed hash.</param>
internal sealed record Sample(SampleType Type, long Time, string Source, double Value, double GivenValue, string GivenUnit, int? OffsetMinutes, string? Flag, string? Identity = null);
