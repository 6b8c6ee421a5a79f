using EdgeHost.Serialization;

namespace EdgeHost.Capabilities.Health;

/// <summary>What was given and is not plausible.</summary>
[WireMessage]
public sealed partial class FlaggedReading
{
    /// <summary>Its place among what was given, from 0.</summary>
    [WireField(Minimum = 0)]
    public required int Index { get; init; }

    /// <summary>Why: <c>impossible</c>, <c>swapped_unit</c>, <c>pulse_pressure</c>, <c>future</c>.</summary>
    public required string Reason { get; init; }

    /// <summary>The same in a sentence.</summary>
    public required string Text { get; init; }
}
