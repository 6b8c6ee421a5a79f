namespace EdgeHost.Plugins.Recommendation.Engine.Ranking;

/// <summary>
/// Thompson sampling over the best items. An item's chance to be taken has a prior with the mean that its score says and the strength of some showings, to which what became of showing it is
/// added; each place of the list draws from what is left. Items often shown and never taken sink, uncertain ones get their turn.
/// </summary>
public sealed record ExplorationOptions
{
    /// <summary>Decides every draw: the same seed gives the same list. Give each list a seed of its own and log it.</summary>
    public required ulong Seed { get; init; }

    /// <summary>What became of showing items, by number; items that it lacks were never shown.</summary>
    public IReadOnlyDictionary<int, ItemFeedback> Feedback { get; init; } = new Dictionary<int, ItemFeedback>();

    /// <summary>How many showings a score counts as; above 0. The higher, the less is explored.</summary>
    public double PriorStrength { get; init; } = 20;

    /// <summary>The share of draws that are even over all that is left: a floor of every propensity, without which estimates from logs are worthless. 0 to 1.</summary>
    public double Floor { get; init; } = 0.05;

    /// <summary>How many of the best items take part; 2 to 1,000.</summary>
    public int Pool { get; init; } = 50;
}
