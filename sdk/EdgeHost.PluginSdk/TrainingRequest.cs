namespace EdgeHost.PluginSdk;

/// <summary>A network and what it learns from. Immutable. Since contract 1.3.</summary>
public sealed class TrainingRequest
{
    /// <summary>The network as JSON: <c>inputs</c> (one, of float32), <c>layers</c> and <c>loss</c>, as the host's documentation of networks as data says.</summary>
    public required string Network { get; init; }

    /// <summary>How many examples there are; ≥ 1.</summary>
    public required int Examples { get; init; }

    /// <summary>What the network is given: the numbers of its input for each example, one after another.</summary>
    public required ReadOnlyMemory<float> Inputs { get; init; }

    /// <summary>What it should say: as many numbers as its output has for each example.</summary>
    public required ReadOnlyMemory<float> Targets { get; init; }

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
