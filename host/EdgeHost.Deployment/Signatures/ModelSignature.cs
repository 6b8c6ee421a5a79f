using EdgeHost.ModelTools;

namespace EdgeHost.Deployment.Signatures;

/// <summary>What goes into a graph and comes out: names, element types, numbers of dimensions. Immutable.</summary>
internal sealed class ModelSignature
{
    private readonly IReadOnlyList<Value> _inputs;
    private readonly IReadOnlyList<Value> _outputs;

    private ModelSignature(IReadOnlyList<Value> inputs, IReadOnlyList<Value> outputs)
    {
        _inputs = inputs;
        _outputs = outputs;
    }

    /// <summary>Reads the signature of an ONNX file.</summary>
    /// <param name="path">The file; it is read whole.</param>
    /// <exception cref="EdgeHostException"><see cref="ErrorCode.InvalidArgument"/>: it is no model.</exception>
    public static ModelSignature Read(string path)
    {
        byte[] content;
        try
        {
            content = File.ReadAllBytes(path);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new EdgeHostException(ErrorCode.InvalidArgument, $"The graph {Path.GetFileName(path)} cannot be read.", e);
        }

        var graph = ModelProto.Parse(content).Graph!;
        var constants = graph.Initializers.Select(static tensor => tensor.Name).ToHashSet(StringComparer.Ordinal);
        return new ModelSignature(
            [.. graph.Inputs.Where(input => !constants.Contains(input.Name)).Select(Value.Of).OrderBy(static input => input.Name, StringComparer.Ordinal)],
            [.. graph.Outputs.Select(Value.Of)]);
    }

    /// <summary>Whether a graph of this signature can stand where one of the other stands. Inputs are given by name, outputs may be taken by their order.</summary>
    public bool Fits(ModelSignature other)
        => Fit(_inputs, other._inputs) && Fit(_outputs, other._outputs);

    /// <summary>For a person: <c>x float32[2] → y float32[1]</c>, the numbers being those of dimensions.</summary>
    public override string ToString() => $"{string.Join(", ", _inputs)} → {string.Join(", ", _outputs)}";

    private static bool Fit(IReadOnlyList<Value> values, IReadOnlyList<Value> others)
        => values.Count == others.Count && values.Zip(others).All(static pair => pair.First.Fits(pair.Second));

    /// <param name="Name">Its name.</param>
    /// <param name="Type">Its elements; null for what is no tensor.</param>
    /// <param name="Rank">How many dimensions it has; null where the file does not say.</param>
    private sealed record Value(string Name, ElementType? Type, int? Rank)
    {
        public static Value Of(ValueInfoProto info) => new(info.Name, info.Tensor?.Type, info.Tensor?.Shape?.Dimensions.Count);

        public bool Fits(Value other) => Name == other.Name && Type == other.Type && (Rank is null || other.Rank is null || Rank == other.Rank);

        public override string ToString() => $"{Name} {Type?.ToString().ToLowerInvariant() ?? "no tensor"}[{(Rank is { } rank ? rank : "?")}]";
    }
}
