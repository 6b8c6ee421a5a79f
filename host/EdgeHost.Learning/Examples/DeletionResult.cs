namespace EdgeHost.Learning.Examples;

/// <summary>What was deleted.</summary>
/// <param name="Examples">The number of examples.</param>
/// <param name="Datasets">The names of datasets that are gone.</param>
/// <param name="Calls">The number of calls that feedback can no longer be given on.</param>
public sealed record DeletionResult(long Examples, IReadOnlyList<string> Datasets, long Calls);
