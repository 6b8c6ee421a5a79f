namespace EdgeHost.Plugins.Recommendation.Engine.Models;

/// <summary>What a part of a score comes from.</summary>
public enum ContributionKind
{
    /// <summary>An item of the user's history, for what users did with both.</summary>
    History,

    /// <summary>An item of the user's history, for what came after it.</summary>
    Sequence,

    /// <summary>A tag, attribute or word that the item shares with the user's history.</summary>
    Feature,

    /// <summary>An item of the user's history with a similar embedding.</summary>
    Embedding,

    /// <summary>How many users the item has.</summary>
    Popularity,
}
