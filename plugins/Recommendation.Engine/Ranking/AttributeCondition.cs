namespace EdgeHost.Plugins.Recommendation.Engine.Ranking;

/// <summary>A condition on one attribute. All that is given must hold; an item without the attribute fails.</summary>
/// <param name="Attribute">The name; <c>tags</c> for tags.</param>
public sealed record AttributeCondition(string Attribute)
{
    /// <summary>One of these texts must be among the item's; null for no such condition.</summary>
    public IReadOnlyList<string>? AnyOf { get; init; }

    /// <summary>The least number; null for no bound.</summary>
    public double? Least { get; init; }

    /// <summary>The greatest number; null for no bound.</summary>
    public double? Greatest { get; init; }

    /// <summary>Whether the condition is turned round: then items without the attribute hold.</summary>
    public bool Not { get; init; }
}
