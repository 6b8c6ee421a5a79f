using EdgeHost.Serialization;

namespace EdgeHost.Capabilities.Health;

/// <summary>What the record says of a place in a wave, such as a beat that an expert has seen. It is kept for reference and counts nowhere.</summary>
[WireMessage]
public sealed partial class WaveAnnotation
{
    /// <summary>The sample, from 0.</summary>
    [WireField(Minimum = 0)]
    public required long Sample { get; init; }

    /// <summary>Its kind, as PhysioNet writes it: <c>N</c>, <c>V</c>, <c>+</c> and so on.</summary>
    [WireField(MaxLength = 8)]
    public required string Symbol { get; init; }

    /// <summary>Its text, such as <c>(AFIB</c> at a change of rhythm.</summary>
    public string? Text { get; init; }
}
