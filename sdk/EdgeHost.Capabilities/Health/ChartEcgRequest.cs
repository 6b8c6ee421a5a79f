using EdgeHost.Serialization;

namespace EdgeHost.Capabilities.Health;

/// <summary>Draws a strip of an ECG with its beats. The whole signal is analysed, so that beats at the edges of the strip are known.</summary>
[WireMessage]
public sealed partial class ChartEcgRequest
{
    /// <summary>The signal in millivolts; at most two hours at 360 Hz unless the host is set otherwise.</summary>
    public required HealthSignal Signal { get; init; }

    /// <summary>Samples a second.</summary>
    [WireField(Minimum = 100, Maximum = 2000)]
    public required double SampleRateHz { get; init; }

    /// <summary>Where the strip begins, in milliseconds from the start of the signal.</summary>
    [WireField(Minimum = 0)]
    public double StartMs { get; init; }

    /// <summary>How long the strip is, in milliseconds.</summary>
    [WireField(Minimum = 1000, Maximum = 60000)]
    public double DurationMs { get; init; } = 10_000;

    /// <summary>The language of the texts: <c>en</c> or <c>zh</c>; absent: the one that the host is set to.</summary>
    [WireField(MaxLength = 16)]
    public string? Language { get; init; }

    /// <summary>The colours.</summary>
    public HealthChartTheme Theme { get; init; }

    /// <summary>Width in points.</summary>
    [WireField(Minimum = 200, Maximum = 4096)]
    public int Width { get; init; } = 1000;

    /// <summary>Height in points.</summary>
    [WireField(Minimum = 200, Maximum = 4096)]
    public int Height { get; init; } = 320;

    /// <summary>Pixels a point: 2 for a screen of double density.</summary>
    [WireField(Minimum = 1, Maximum = 4)]
    public double Scale { get; init; } = 1;
}
