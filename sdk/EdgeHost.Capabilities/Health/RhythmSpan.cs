using EdgeHost.Serialization;

namespace EdgeHost.Capabilities.Health;

/// <summary>A stretch of one rhythm. Spans follow each other without a gap.</summary>
[WireMessage]
public sealed partial class RhythmSpan
{
    /// <summary>Its start, in milliseconds from the start of the signal.</summary>
    [WireField(Minimum = 0)]
    public required double StartMs { get; init; }

    /// <summary>Its end.</summary>
    [WireField(Minimum = 0)]
    public required double EndMs { get; init; }

    /// <summary>The rhythm.</summary>
    public required RhythmLabel Label { get; init; }

    /// <summary>How sure it is, 0 to 1; 0 where it cannot be told.</summary>
    [WireField(Minimum = 0, Maximum = 1)]
    public required double Confidence { get; init; }
}
