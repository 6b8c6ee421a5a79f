namespace EdgeHost.ModelTools.Optimising;

/// <summary>What <see cref="GraphCleaner"/> did.</summary>
/// <param name="HoistedConstants">Constants that were nodes and are initialisers now.</param>
/// <param name="RemovedNodes">Nodes that did nothing, or whose outputs nobody read.</param>
/// <param name="MergedInitializers">Constants that were there more than once.</param>
/// <param name="RemovedInitializers">Constants that nobody read.</param>
public readonly record struct CleaningReport(int HoistedConstants, int RemovedNodes, int MergedInitializers, int RemovedInitializers);
