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
}
