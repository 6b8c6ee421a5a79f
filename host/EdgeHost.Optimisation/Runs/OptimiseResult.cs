using EdgeHost.ModelTools.Optimising;
using EdgeHost.Optimisation.Measuring;

namespace EdgeHost.Optimisation.Runs;

/// <summary>An optimised model and what it costs. Immutable.</summary>
public sealed record OptimiseResult
{
    /// <summary>The file.</summary>
    public required ReadOnlyMemory<byte> Model { get; init; }

    /// <summary>What went out of the graph.</summary>
    public required CleaningReport Cleaning { get; init; }

    /// <summary>What became of the weights.</summary>
    public required QuantisationReport Weights { get; init; }

    /// <summary>Layers that were kept as 16-bit floats because the score fell too much without them, those that cost most first.</summary>
    public required IReadOnlyList<string> Kept { get; init; }

    /// <summary>Both models on the examples.</summary>
    public required ModelComparison Comparison { get; init; }
}
