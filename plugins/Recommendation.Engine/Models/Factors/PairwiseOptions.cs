using EdgeHost.Plugins.Recommendation.Engine.Data;

namespace EdgeHost.Plugins.Recommendation.Engine.Models.Factors;

/// <summary>How factors are found by pairwise ranking.</summary>
public sealed record PairwiseOptions
{
    /// <summary>The length of vectors, 1 to 512.</summary>
    public int Width { get; init; } = 32;

    /// <summary>How often all events are gone through.</summary>
    public int Epochs { get; init; } = 40;

    /// <summary>The most events that are learned from, each as often as it is gone through; large snapshots are gone through less often, but once.</summary>
    public long MaxSteps { get; init; } = 10_000_000;

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

    /// <summary>How often so many events are gone through.</summary>
    internal int EpochsOf(long events) => (int)Math.Clamp(MaxSteps / Math.Max(1, events), Math.Min(1, Epochs), Epochs);
}
