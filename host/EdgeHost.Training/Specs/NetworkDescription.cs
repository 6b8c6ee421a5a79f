using EdgeHost.Training.Networks;

namespace EdgeHost.Training.Specs;

/// <summary>What a network's specification makes. Shapes are those of one example. Immutable.</summary>
public sealed record NetworkDescription
{
    /// <summary>What the network itself reads.</summary>
    public required IReadOnlyList<BatchInput> Inputs { get; init; }

    /// <summary>The input of targets or labels; null where the loss has none.</summary>
    public BatchInput? Target { get; init; }

    /// <summary>The shape of the output.</summary>
    public required TensorShape OutputShape { get; init; }

    /// <summary>The loss's kind.</summary>
    public required string Loss { get; init; }

    /// <summary>Whether the last layer ends with a softmax, so that the outputs are probabilities of which one is right.</summary>
    public bool EndsWithSoftmax { get; init; }

    /// <summary>Whether the last layer ends with a sigmoid, so that each output is a probability.</summary>
    public bool EndsWithSigmoid { get; init; }

    /// <summary>Numbers that are trained.</summary>
    public required long Parameters { get; init; }

    /// <summary>Values that the forward pass makes for one example.</summary>
    public required long ElementsPerExample { get; init; }
}
