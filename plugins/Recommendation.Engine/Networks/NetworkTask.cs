namespace EdgeHost.Plugins.Recommendation.Engine.Networks;

/// <summary>A network and what it learns from. Immutable.</summary>
public sealed record NetworkTask
{
    /// <summary>The network as JSON: <c>inputs</c>, <c>layers</c> and <c>loss</c>.</summary>
    public required string Network { get; init; }

    /// <summary>How many examples there are.</summary>
    public required int Examples { get; init; }

    /// <summary>The numbers of each input of float32, example after example.</summary>
    public required IReadOnlyDictionary<string, ReadOnlyMemory<float>> Numbers { get; init; }

    /// <summary>The ids of each input of int64, the target among them, example after example.</summary>
    public required IReadOnlyDictionary<string, ReadOnlyMemory<long>> Ids { get; init; }

    /// <summary>Matrices of constants that the network takes rows of: the width of each and its rows.</summary>
    public required IReadOnlyDictionary<string, (int Width, ReadOnlyMemory<float> Values)> Tables { get; init; }

    /// <summary>Steps.</summary>
    public required int Steps { get; init; }

    /// <summary>Examples of a step.</summary>
    public required int Batch { get; init; }

    /// <summary>The learning rate of AdamW, which falls to zero to the last step.</summary>
    public required float Rate { get; init; }

    /// <summary>How much weights are drawn to zero.</summary>
    public required float WeightDecay { get; init; }

    /// <summary>First values and order follow from it.</summary>
    public required ulong Seed { get; init; }
}
