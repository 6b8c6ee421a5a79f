namespace EdgeHost.Jobs.Storage;

/// <summary>What a trained model is worth, measured once at the end.</summary>
/// <param name="Examples">Examples that it was measured with.</param>
/// <param name="IsHeldOut">Whether they were kept apart; otherwise they are those it learned from.</param>
/// <param name="Loss">The loss on them.</param>
/// <param name="Accuracy">The share that was right, where the task is to classify.</param>
/// <param name="MeanAbsoluteError">The mean distance from what is right, where the task is regression.</param>
/// <param name="ParentAccuracy">The same share of the version that it was trained on from, on the same examples; null where there is none or its network is another one.</param>
/// <param name="Confusion">How often a label (row) was taken for another (column), in the order of the labels; empty above 64 labels or without.</param>
public sealed record JobMetrics(int Examples, bool IsHeldOut, float Loss, double? Accuracy, double? MeanAbsoluteError, IReadOnlyList<IReadOnlyList<int>> Confusion, double? ParentAccuracy = null)
{
    /// <summary>Of a personal version: on examples of the app's own, which it did not learn from; null where there are none.</summary>
    public PartMetrics? Own { get; init; }

    /// <summary>Of a personal version: on examples that the shipped one knows and it did not learn again; null where there are none.</summary>
    public PartMetrics? Replay { get; init; }

    /// <summary>The labels in the order of the confusion; null where the model's card has them.</summary>
    public IReadOnlyList<string>? Labels { get; init; }
}
