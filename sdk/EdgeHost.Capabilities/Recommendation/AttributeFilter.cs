using EdgeHost.Serialization;

namespace EdgeHost.Capabilities.Recommendation;

/// <summary>A condition on an attribute. All that is given must hold; an item without the attribute fails.</summary>
[WireMessage]
public sealed partial class AttributeFilter
{
    /// <summary>The value that it must have.</summary>
    [WireField(Name = "equals")]
    public AttributeValue? EqualTo { get; init; }

    /// <summary>The texts of which it must have one.</summary>
    public IReadOnlyList<string>? In { get; init; }

    /// <summary>The least number.</summary>
    public double? Min { get; init; }

    /// <summary>The greatest number.</summary>
    public double? Max { get; init; }

    /// <summary>Turns the condition round; then items without the attribute pass.</summary>
    public bool? Not { get; init; }
}
