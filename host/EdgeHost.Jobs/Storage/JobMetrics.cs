namespace EdgeHost.Jobs.Storage;

/// <summary>What a trained model is worth, measured once at the end.</summary>
/// <param name="Examples">Examples that it was measured with.</param>
/// <param name="IsHeldOut">Whether they were kept apart; otherwise they are those it learned from.</param>
/// <param name="Loss">The loss on them.</param>
/// <param name="Accuracy">The share that was right, where the task is to classify.</param>
/// <param name="MeanAbsoluteError">The mean distance from what is right, where the task is regression.</param>
/// <param name="ParentAccuracy">The same share of the version that it was trained on from, on the same examples; null where there is none or its network is another one.</param>
/// <param name="Confusion">How often a label (row) was taken for another (column), in the order of the labels; empty above 64 labels or without.</param>
public sealed record JobMetrics(int Examples, bool IsHeldOut, float Loss, double? Accuracy, double? MeanAbsoluteError, IReadOnlyList<IReadOnlyList<int>> Confusion, double? ParentAccuracy = null);
