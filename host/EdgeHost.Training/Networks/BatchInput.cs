namespace EdgeHost.Training.Networks;

/// <summary>What a network is given with each batch. Immutable.</summary>
/// <param name="Name">The input's name.</param>
/// <param name="Type">Its elements: <see cref="ElementType.Float32"/> or <see cref="ElementType.Int64"/>.</param>
/// <param name="Shape">Its shape, the batch first; -1 for an open batch.</param>
public sealed record BatchInput(string Name, ElementType Type, TensorShape Shape);
