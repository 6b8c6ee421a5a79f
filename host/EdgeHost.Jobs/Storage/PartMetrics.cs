namespace EdgeHost.Jobs.Storage;

/// <summary>What a personal version is worth on one kind of examples that were kept apart.</summary>
/// <param name="Examples">How many there are.</param>
/// <param name="Accuracy">The share that was right.</param>
/// <param name="ParentAccuracy">The same share of the version that it began with; null where its network is another one.</param>
/// <param name="ShippedAccuracy">The same share of the shipped version; null where its network is another one.</param>
public sealed record PartMetrics(int Examples, double Accuracy, double? ParentAccuracy, double? ShippedAccuracy);
