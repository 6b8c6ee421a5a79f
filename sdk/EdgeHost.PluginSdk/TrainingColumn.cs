namespace EdgeHost.PluginSdk;

/// <summary>What one input of a network gets, or the target of its loss: numbers or ids, one of the two. Immutable. Since contract 1.3.</summary>
public sealed class TrainingColumn
{
    /// <summary>The input's name.</summary>
    public required string Name { get; init; }

    /// <summary>For an input of float32: its numbers for each example, one after another.</summary>
    public ReadOnlyMemory<float> Numbers { get; init; }

    /// <summary>For an input of int64, such as ids and labels: the same.</summary>
    public ReadOnlyMemory<long> Ids { get; init; }
}
