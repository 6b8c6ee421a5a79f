using EdgeHost.Plugins.Recommendation.Engine.Data;

namespace EdgeHost.Plugins.Recommendation.Engine.Models.Linear;

/// <summary>How EASE is solved.</summary>
public sealed record LinearOptions
{
    /// <summary>The weight of the penalty, lambda; above 0.</summary>
    public double Penalty { get; init; } = 200;

    /// <summary>The share of a user's items that are hidden, in expectation, while the others are learned from: a penalty in proportion to an item's frequency. 0, as in EASE, up to 0.9.</summary>
    public double Dropout { get; init; }

    /// <summary>How much less each item of a long history counts, (n / mean n) to the power of minus this: 0, each the same, to 1.</summary>
    public double LengthExponent { get; init; }

    /// <summary>The most items that are solved, the most frequent; time grows with the cube, memory with the square (8 bytes: 128 MB for 4,000).</summary>
    public int MaxItems { get; init; } = 4000;

    /// <summary>The most entries, the largest by amount, that an item keeps.</summary>
    public int Neighbours { get; init; } = 512;

    /// <summary>How a user's events fade.</summary>
    public HistoryDecay Decay { get; init; } = HistoryDecay.None;
}
