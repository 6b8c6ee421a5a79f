namespace EdgeHost.PluginSdk;

/// <summary>A matrix that a network takes rows of by their numbers (layers of the kind <c>table</c>), and that is not trained. Immutable. Since contract 1.3.</summary>
public sealed class TrainingTable
{
    /// <summary>Its name.</summary>
    public required string Name { get; init; }

    /// <summary>Numbers of a row; ≥ 1.</summary>
    public required int Width { get; init; }

    /// <summary>The rows one after another; at least one.</summary>
    public required ReadOnlyMemory<float> Values { get; init; }
}
