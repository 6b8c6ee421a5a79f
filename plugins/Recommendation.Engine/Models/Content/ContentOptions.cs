using EdgeHost.Plugins.Recommendation.Engine.Data;

namespace EdgeHost.Plugins.Recommendation.Engine.Models.Content;

/// <summary>How items are compared by what they are.</summary>
public sealed record ContentOptions
{
    /// <summary>The part of titles and texts beside tags and attributes, 0 to 1.</summary>
    public double TextShare { get; init; } = 0.4;

    /// <summary>The part of embeddings beside everything else, 0 to 1.</summary>
    public double EmbeddingShare { get; init; } = 0.5;

    /// <summary>The features with the largest weights that an item keeps.</summary>
    public int FeaturesOfItem { get; init; } = 64;

    /// <summary>The most features of all items together, 16 bytes each; in large catalogues items keep fewer for it, but not less than 16.</summary>
    public int MaxEntries { get; init; } = 30_000_000;

    /// <summary>The features of a user that count, those with the largest weights; bounds the time of a question.</summary>
    public int FeaturesOfUser { get; init; } = 256;

    /// <summary>The most different features, the most frequent ones.</summary>
    public int MaxFeatures { get; init; } = 200_000;

    /// <summary>The characters of a text that are read.</summary>
    public int MaxTextLength { get; init; } = 20_000;

    /// <summary>How a user's events fade.</summary>
    public HistoryDecay Decay { get; init; } = HistoryDecay.None;
}
