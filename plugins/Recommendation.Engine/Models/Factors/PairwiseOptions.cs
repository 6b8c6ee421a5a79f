using EdgeHost.Plugins.Recommendation.Engine.Data;

namespace EdgeHost.Plugins.Recommendation.Engine.Models.Factors;

/// <summary>How factors are found by pairwise ranking.</summary>
public sealed record PairwiseOptions
{
    /// <summary>The length of vectors, 1 to 512.</summary>
    public int Width { get; init; } = 32;

    /// <summary>How often all events are gone through.</summary>
    public int Epochs { get; init; } = 40;

    /// <summary>The length of steps (Adagrad).</summary>
    public double LearningRate { get; init; } = 0.05;

    /// <summary>The weight of the penalty of vectors.</summary>
    public double Penalty { get; init; } = 0.01;

    /// <summary>Items without the user's event that each event is compared with.</summary>
    public int Negatives { get; init; } = 3;

    /// <summary>Of the start, the order and the comparisons.</summary>
    public ulong Seed { get; init; } = 1;

    /// <summary>How a user's events fade when vectors of users are made.</summary>
    public HistoryDecay Decay { get; init; } = HistoryDecay.None;
}
