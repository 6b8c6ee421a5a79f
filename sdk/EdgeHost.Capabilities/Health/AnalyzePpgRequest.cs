using EdgeHost.Serialization;

namespace EdgeHost.Capabilities.Health;

/// <summary>Analyses a pulse signal (PPG), of a sensor or a camera on a finger at rest.</summary>
[WireMessage]
public sealed partial class AnalyzePpgRequest
{
    /// <summary>The values in any unit, the channels of a frame beside each other; at most 16 million bytes unless the host is set otherwise.</summary>
    public required HealthSignal Signal { get; init; }

    /// <summary>Frames a second, where they come at an even rate; give this or the times.</summary>
    [WireField(Minimum = 12, Maximum = 1000)]
    public double? SampleRateHz { get; init; }

    /// <summary>The time of each frame in milliseconds, where they do not.</summary>
    public IReadOnlyList<double>? TimesMs { get; init; }

    /// <summary>Values of a frame: 1 for a sensor, 3 for red, green and blue.</summary>
    [WireField(Minimum = 1, Maximum = 4)]
    public int Channels { get; init; } = 1;
}
