namespace EdgeHost.PluginSdk;

/// <summary>A network that was trained. Immutable. Since contract 1.3.</summary>
public sealed class TrainingResult
{
    /// <summary>Its parameters by layer and name, <c>hidden/weight</c> for example, row by row: a linear layer's weight is [inputs, width].</summary>
    public required IReadOnlyDictionary<string, ReadOnlyMemory<float>> Parameters { get; init; }

    /// <summary>The loss of the last step.</summary>
    public required float Loss { get; init; }
}
