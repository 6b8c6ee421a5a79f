namespace EdgeHost.ModelStore.Manifests;

/// <summary>An output that an import adds to a graph: the mean of an inner value over its rows and columns, [N, channels]. Immutable.</summary>
/// <param name="Output">The output's name.</param>
/// <param name="Of">The operator whose first result it is the mean of, by its name in the source: [N, rows, columns, channels].</param>
public sealed record ImportedMean(string Output, string Of);
