using EdgeHost.Serialization;

namespace EdgeHost.Capabilities.Training;

/// <summary>What a trained model is worth, measured once at the end.</summary>
[WireMessage]
public sealed partial class TrainingMetrics
{
    /// <summary>Examples that it was measured with.</summary>
    [WireField(Minimum = 0)]
    public required int Examples { get; init; }

    /// <summary>Whether they were kept apart from what it learned from.</summary>
    public required bool HeldOut { get; init; }

    /// <summary>The loss on them.</summary>
    public required double Loss { get; init; }

    /// <summary>The share that was right; absent for a regression.</summary>
    public double? Accuracy { get; init; }

    /// <summary>The mean distance from what is right; absent unless for a regression.</summary>
    public double? MeanAbsoluteError { get; init; }

    /// <summary>The labels; empty for a regression.</summary>
    public IReadOnlyList<string> Labels { get; init; } = [];

    /// <summary>How often a label (row) was taken for another (column), row by row in the order of the labels; empty above 64 labels.</summary>
    public IReadOnlyList<int> Confusion { get; init; } = [];
}
