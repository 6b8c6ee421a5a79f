using EdgeHost.Serialization;

namespace EdgeHost.Capabilities.Health;

/// <summary>A strip of an ECG. EdgeHost is no medical device; this is no diagnosis.</summary>
[WireMessage]
public sealed partial class ChartEcgResponse
{
    /// <summary>A PNG file.</summary>
    public required ReadOnlyMemory<byte> Png { get; init; }

    /// <summary>Its width in pixels.</summary>
    [WireField(Minimum = 0)]
    public required int Width { get; init; }

    /// <summary>Its height in pixels.</summary>
    [WireField(Minimum = 0)]
    public required int Height { get; init; }

    /// <summary>The beats of the strip, each marked in it.</summary>
    public required IReadOnlyList<HeartBeat> Beats { get; init; }

    /// <summary>The median heart rate of the whole signal, in beats a minute; absent where it cannot be told.</summary>
    public double? HeartRateBpm { get; init; }

    /// <summary>What it shows in a sentence, for those who cannot see it.</summary>
    public required string Text { get; init; }
}
