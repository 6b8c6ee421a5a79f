using EdgeHost.Serialization;

namespace EdgeHost.Capabilities.Health;

/// <summary>Begins to follow the pulse signal of a live sensor.</summary>
[WireMessage]
public sealed partial class AnalyzePpgStreamRequest
{
    /// <summary>Frames a second, where they come at an even rate; without it each piece has its times.</summary>
    [WireField(Minimum = 12, Maximum = 1000)]
    public double? SampleRateHz { get; init; }

    /// <summary>Values of a frame.</summary>
    [WireField(Minimum = 1, Maximum = 4)]
    public int Channels { get; init; } = 1;

    /// <summary>Whose alerts the signal raises, by the rules of live signals; absent: none.</summary>
    [WireField(MaxLength = 128)]
    public string? AlertPerson { get; init; }

    /// <summary>What measures it, such as a device; alerts name it.</summary>
    [WireField(MaxLength = 128)]
    public string? Source { get; init; }

    /// <summary>When the first sample was measured, in milliseconds since 1970 (UTC); absent: when the stream began.</summary>
    public long? StartTime { get; init; }
}
