namespace EdgeHost.Jobs.Specs;

/// <summary>When a job begins again by itself. Immutable.</summary>
/// <param name="After">After how many labels of its dataset that are new or changed; at least 1. Feedback with a label counts as one.</param>
/// <param name="AtMostEvery">The least time between two beginnings.</param>
public sealed record RetrainSpec(int After, TimeSpan AtMostEvery);
