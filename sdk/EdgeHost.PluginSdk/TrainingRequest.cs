namespace EdgeHost.PluginSdk;

/// <summary>A network and what it learns from: <see cref="Inputs"/> and <see cref="Targets"/> for a network of one input of float32, <see cref="Columns"/> for any. Immutable. Since contract 1.3.</summary>
public sealed class TrainingRequest
{
    /// <summary>The network as JSON: <c>inputs</c>, <c>layers</c> and <c>loss</c>, as the host's documentation of networks as data says.</summary>
    public required string Network { get; init; }

    /// <summary>How many examples there are; ≥ 1.</summary>
    public required int Examples { get; init; }

    /// <summary>What a network of one input is given: its numbers for each example, one after another. Empty with <see cref="Columns"/>.</summary>
    public ReadOnlyMemory<float> Inputs { get; init; }

    /// <summary>What it should say: as many numbers as its output has for each example. Empty with <see cref="Columns"/>.</summary>
    public ReadOnlyMemory<float> Targets { get; init; }

    /// <summary>What each input of the network, and what its loss reads, gets; in any order. Default: none.</summary>
    public IReadOnlyList<TrainingColumn> Columns { get; init; } = [];

    /// <summary>What layers of the kind <c>table</c> take rows of. Default: none.</summary>
    public IReadOnlyList<TrainingTable> Tables { get; init; } = [];

    /// <summary>Steps; ≥ 1.</summary>
    public required int Steps { get; init; }

    /// <summary>Examples of a step; 1 to 65,536. Default: 32.</summary>
    public int Batch { get; init; } = 32;

    /// <summary>The learning rate, of AdamW, which falls to zero to the last step; above 0. Default: 0.001.</summary>
    public float Rate { get; init; } = 0.001f;

    /// <summary>How much weights are drawn to zero; ≥ 0. Default: 0.01.</summary>
    public float WeightDecay { get; init; } = 0.01f;

    /// <summary>First values and order follow from it. Default: 1.</summary>
    public ulong Seed { get; init; } = 1;
}
