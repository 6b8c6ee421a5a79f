using EdgeHost.PluginSdk;
using EdgeHost.Runtime.Onnx.Values;
using Microsoft.ML.OnnxRuntime;

namespace EdgeHost.Runtime.Onnx.Sessions;

/// <summary>
/// What a graph takes and gives, and the check of a step against it: names, element types, ranks and fixed dimensions. ONNX Runtime
/// checks most of this too, with texts that only its authors understand. Immutable.
/// </summary>
internal sealed class OnnxSignature
{
    private readonly Dictionary<string, int> _inputIndex;
    private readonly HashSet<string> _outputNames;
    private readonly string[] _allOutputs;

    private OnnxSignature(TensorDescription[] inputs, TensorDescription[] outputs)
    {
        Inputs = inputs;
        Outputs = outputs;
        InputNames = [.. inputs.Select(input => input.Name)];
        _inputIndex = InputNames.Select((name, index) => (name, index)).ToDictionary(pair => pair.name, pair => pair.index, StringComparer.Ordinal);
        _allOutputs = [.. outputs.Select(output => output.Name)];
        _outputNames = [.. _allOutputs];
    }

    public TensorDescription[] Inputs { get; }

    public TensorDescription[] Outputs { get; }

    public string[] InputNames { get; }

    public static OnnxSignature Read(InferenceSession session, string model) => new(
        [.. session.InputNames.Select(name => Describe(name, session.InputMetadata[name], model))],
        [.. session.OutputNames.Select(name => Describe(name, session.OutputMetadata[name], model))]);

    /// <summary>Binds the step's inputs in the graph's order. What was bound stays bound when a later one is wrong; the caller releases the slot.</summary>
    public void BindInputs(ModelStep step, RunSlot slot, string model)
    {
        foreach (var (name, value) in step.Inputs)
        {
            if (name is null || !_inputIndex.TryGetValue(name, out var index))
            {
                throw Invalid($"'{model}' has no input '{name}'; it takes {Names(InputNames)}.");
            }

            if (slot.Inputs[index] is not null) throw Invalid($"Input '{name}' of '{model}' is given twice.");
            slot.Bind(index, Check(Inputs[index], value, model));
        }

        if (step.Inputs.Count < Inputs.Length)
        {
            throw Invalid($"'{model}' misses {Names(InputNames.Where((_, index) => slot.Inputs[index] is null))}.");
        }
    }

    /// <summary>The names of the wanted outputs in the step's order.</summary>
    public IReadOnlyCollection<string> BindOutputs(ModelStep step, string model)
    {
        if (step.Outputs.Count == 0) return _allOutputs;
        foreach (var name in step.Outputs)
        {
            if (!_outputNames.Contains(name)) throw Invalid($"'{model}' has no output '{name}'; it gives {Names(_allOutputs)}.");
        }

        return step.Outputs;
    }

    private static OrtModelValue Check(TensorDescription expected, ModelValue value, string model)
    {
        if (value is not OrtModelValue known)
        {
            throw Invalid($"Input '{expected.Name}' of '{model}' was not made by a lease's CreateValue or by a step of this host.");
        }

        var actual = value.Shape;
        if (value.ElementType != expected.ElementType)
        {
            throw Invalid($"Input '{expected.Name}' of '{model}' must be {expected.ElementType} {expected.Shape}, not {value.ElementType} {actual}.");
        }

        // Metadata reports a scalar and a shape of unknown rank alike; there ONNX Runtime has the last word.
        if (expected.Shape.Rank == 0) return known;
        var fits = actual.Rank == expected.Shape.Rank;
        for (var i = 0; fits && i < actual.Rank; i++)
        {
            fits = expected.Shape[i] < 0 || expected.Shape[i] == actual[i];
        }

        if (!fits) throw Invalid($"Input '{expected.Name}' of '{model}' must have the shape {expected.Shape}, not {actual}.");
        return known;
    }

    private static TensorDescription Describe(string name, NodeMetadata metadata, string model)
    {
        if (!metadata.IsTensor) throw Invalid($"'{name}' of '{model}' is a {metadata.OnnxValueType}; the host runs models of tensors only.");
        var type = (ElementType)metadata.ElementDataType;
        if (!Enum.IsDefined(type)) throw Invalid($"'{name}' of '{model}' has the element type {metadata.ElementDataType}, which the host does not know.");
        var dimensions = new long[metadata.Dimensions.Length];
        for (var i = 0; i < dimensions.Length; i++)
        {
            dimensions[i] = Math.Max(-1, metadata.Dimensions[i]);
        }

        return new TensorDescription(name, type, new TensorShape(dimensions));
    }

    private static string Names(IEnumerable<string> names) => string.Join(", ", names.Select(name => $"'{name}'"));

    private static EdgeHostException Invalid(string message) => new(ErrorCode.InvalidArgument, message);
}
