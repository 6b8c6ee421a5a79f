namespace EdgeHost.Plugins.Recommendation.Engine.Models.Neighbours;

/// <summary>How two items are compared by the users that they share.</summary>
public enum Similarity
{
    /// <summary>Shared over either's: favours neither popular nor rare items much.</summary>
    Jaccard,

    /// <summary>Shared over the root of the product of both.</summary>
    Cosine,

    /// <summary>Shared over the product of both: favours rare items.</summary>
    Lift,
}
