using EdgeHost.Serialization;

namespace EdgeHost.Capabilities.Recommendation;

/// <summary>One place of a list.</summary>
[WireMessage]
public sealed partial class RecommendedItem
{
    /// <summary>The item.</summary>
    public required string Item { get; init; }

    /// <summary>How good it is; higher is better, comparable within one list.</summary>
    public required double Score { get; init; }

    /// <summary>The largest parts of the score, largest first.</summary>
    public required IReadOnlyList<Reason> Reasons { get; init; }

    /// <summary>When exploring: the probability with which the item got this place after those before it.</summary>
    public double? Propensity { get; init; }
}
