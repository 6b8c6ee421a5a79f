using EdgeHost.Serialization;

namespace EdgeHost.Capabilities.Health;

/// <summary>A chart. EdgeHost is no medical device; this is no diagnosis.</summary>
[WireMessage]
public sealed partial class ChartHealthResponse
{
    /// <summary>A PNG file.</summary>
    public required ReadOnlyMemory<byte> Png { get; init; }

    /// <summary>Its width in pixels.</summary>
    [WireField(Minimum = 0)]
    public required int Width { get; init; }

    /// <summary>Its height in pixels.</summary>
    [WireField(Minimum = 0)]
    public required int Height { get; init; }

    /// <summary>The start of what it shows, in milliseconds since 1970 (UTC).</summary>
    public required long From { get; init; }

    /// <summary>The end.</summary>
    public required long Until { get; init; }

    /// <summary>Readings that it shows.</summary>
    [WireField(Minimum = 0)]
    public required int Readings { get; init; }

    /// <summary>What it shows in a sentence, for those who cannot see it.</summary>
    public required string Text { get; init; }

    /// <summary>Values of the main line in order, at most as many as were asked for; of blood pressure the systolic ones.</summary>
    public IReadOnlyList<HealthChartPoint> Points { get; init; } = [];
}
