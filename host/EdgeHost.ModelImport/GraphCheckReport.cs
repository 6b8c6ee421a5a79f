namespace EdgeHost.ModelImport;

/// <summary>What a graph takes and gave. Immutable.</summary>
/// <param name="Inputs">What goes in; -1 for an open dimension.</param>
/// <param name="Outputs">What came out of the run on noise.</param>
/// <param name="Values">How many numbers came out, all of them finite.</param>
public sealed record GraphCheckReport(IReadOnlyList<GraphPort> Inputs, IReadOnlyList<GraphPort> Outputs, long Values);
