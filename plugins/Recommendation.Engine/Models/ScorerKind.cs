namespace EdgeHost.Plugins.Recommendation.Engine.Models;

/// <summary>The kinds of models. The numbers stand in model files.</summary>
public enum ScorerKind
{
    /// <summary>How many users an item has.</summary>
    Popularity = 1,

    /// <summary>Items that the same users met.</summary>
    ItemToItem = 2,

    /// <summary>EASE: the linear model of items by items, in closed form.</summary>
    Linear = 3,

    /// <summary>Factors by alternating least squares.</summary>
    Factors = 4,

    /// <summary>Factors by pairwise ranking.</summary>
    Pairwise = 5,

    /// <summary>Tags, attributes, text and embeddings.</summary>
    Content = 6,

    /// <summary>What comes after what.</summary>
    Sequence = 7,

    /// <summary>A weighted sum of others.</summary>
    Blend = 8,

    /// <summary>Two towers: a network of users and one of items.</summary>
    Towers = 9,
}
