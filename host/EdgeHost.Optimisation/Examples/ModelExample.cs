using EdgeHost.ModelTools;

namespace EdgeHost.Optimisation.Examples;

/// <summary>What goes into a model once, and what should come out. Immutable; the tensors are not changed.</summary>
public sealed record ModelExample
{
    /// <summary>What the example is called in errors.</summary>
    public required string Name { get; init; }

    /// <summary>A tensor for each input, by the inputs' names.</summary>
    public required IReadOnlyDictionary<string, TensorProto> Inputs { get; init; }

    /// <summary>What should come out, by the outputs' names; empty where the original model's answer is what counts.</summary>
    public IReadOnlyDictionary<string, TensorProto> Outputs { get; init; } = new Dictionary<string, TensorProto>();

    /// <summary>Which class the example is: the index of the largest value of the first output, from 0; null where there are no classes.</summary>
    public int? Label { get; init; }
}
