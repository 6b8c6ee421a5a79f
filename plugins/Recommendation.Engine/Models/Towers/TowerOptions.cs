using EdgeHost.Plugins.Recommendation.Engine.Data;

namespace EdgeHost.Plugins.Recommendation.Engine.Models.Towers;

/// <summary>How the two towers are trained.</summary>
public sealed record TowerOptions
{
    /// <summary>The length of vectors, 1 to 512.</summary>
    public int Width { get; init; } = 32;

    /// <summary>The hidden units of the users' tower, 1 to 4,096.</summary>
    public int Hidden { get; init; } = 64;

    /// <summary>Numbers that what is known of an item (tags, attributes, words) is projected to, and as many for embeddings.</summary>
    public int Features { get; init; } = 64;

    /// <summary>How often all pairs of a user and an item are gone through.</summary>
    public int Epochs { get; init; } = 12;

    /// <summary>The most steps; large snapshots are gone through less often.</summary>
    public int MaxSteps { get; init; } = 3000;

    /// <summary>Examples of a step.</summary>
    public int Batch { get; init; } = 256;

    /// <summary>The learning rate at the start.</summary>
    public double LearningRate { get; init; } = 0.005;

    /// <summary>How much weights are drawn to zero.</summary>
    public double WeightDecay { get; init; } = 0.1;

    /// <summary>Items without the user's event that each event is compared with.</summary>
    public int Negatives { get; init; } = 20;

    /// <summary>The most items of a history that an example has, drawn anew for each.</summary>
    public int HistoryItems { get; init; } = 32;

    /// <summary>The share of items that an example shows by what they are alone, so that items without events have a place, too; 0 to below 1.</summary>
    public double UnknownShare { get; init; } = 0.2;

    /// <summary>The most items that are learnt by themselves, the most frequent ones; others are known by what they are.</summary>
    public int MaxItems { get; init; } = 20_000;

    /// <summary>The most items with a vector.</summary>
    public int MaxVectors { get; init; } = 200_000;

    /// <summary>The most examples in memory, about 700 bytes each.</summary>
    public int MaxExamples { get; init; } = 60_000;

    /// <summary>Of first values, order and what is drawn.</summary>
    public ulong Seed { get; init; } = 1;

    /// <summary>How a user's events fade when vectors of users are made.</summary>
    public HistoryDecay Decay { get; init; } = HistoryDecay.None;
}
