namespace EdgeHost.Jobs.Specs;

/// <summary>When a job begins again by itself. Immutable.</summary>
/// <param name="After">After how many labels of its dataset that are new or changed; at least 1. Feedback with a label counts as one.</param>
/// <param name="AtMostEvery">The least time between two beginnings.</param>
/// <param name="Settle">How long no label may have come, so that a burst of them is learned as a whole; one that does not end is waited for ten times as long.</param>
public sealed record RetrainSpec(int After, TimeSpan AtMostEvery, TimeSpan Settle);
