using EdgeHost.Serialization;

namespace EdgeHost.Capabilities.Health;

/// <summary>A stretch of one quality. Spans follow each other without a gap.</summary>
[WireMessage]
public sealed partial class QualitySpan
{
    /// <summary>Its start, in milliseconds from the start of the signal.</summary>
    public required double StartMs { get; init; }

    /// <summary>Its end.</summary>
    public required double EndMs { get; init; }

    /// <summary>How far it can be trusted.</summary>
    public required SignalQualityLevel Level { get; init; }

    /// <summary>What is wrong: <c>missing</c>, <c>flat_line</c>, <c>saturated</c>, <c>noise</c>; none where nothing is.</summary>
    public IReadOnlyList<string> Problems { get; init; } = [];
}
