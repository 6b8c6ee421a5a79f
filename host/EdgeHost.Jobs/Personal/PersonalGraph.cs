using EdgeHost.Jobs.Specs;
using EdgeHost.ModelTools;
using EdgeHost.Training.Steps;

namespace EdgeHost.Jobs.Personal;

/// <summary>Graphs of personal versions: their inputs and outputs are those of the shipped one.</summary>
internal static class PersonalGraph
{
    /// <summary>Checks that a network can stand in for a shipped graph of one input and one output.</summary>
    /// <exception cref="EdgeHostException"><see cref="ErrorCode.InvalidArgument"/>: it cannot, with both; <see cref="ErrorCode.FailedPrecondition"/>: the shipped graph has more inputs or outputs.</exception>
    public static void Check(JobSpec spec, ShippedModel model)
    {
        var (input, output) = Ends(Read(model.BaseGraphPath), model);
        var given = spec.Shape.Inputs[0];
        if (given.Name == input.Name && Fits(input, given.Shape) && Fits(output, spec.Shape.OutputShape)) return;
        throw new EdgeHostException(
            ErrorCode.InvalidArgument,
            $"The network takes '{given.Name}' {Shown(given.Shape)} and gives {Shown(spec.Shape.OutputShape)}; '{model.Id}@{model.Base}' takes {Shown(input)} and gives {Shown(output)}, and so must its personal versions.");
    }

    /// <summary>Gives the output of an exported network the name that it has in the shipped graph.</summary>
    public static void Rename(ModelProto exported, ShippedModel model)
    {
        var name = OutputOf(model);
        var graph = exported.Graph!;
        if (name == ModelExport.Output) return;

        // Whatever bears the wanted name inside of the graph makes way.
        Replace(graph, name, $"{name}_of_layer");
        Replace(graph, ModelExport.Output, name);
    }

    /// <summary>What the shipped graph calls its output.</summary>
    public static string OutputOf(ShippedModel model) => Ends(Read(model.BaseGraphPath), model).Output.Name;

    /// <summary>Reads a graph.</summary>
    public static GraphProto Read(string path)
    {
        try
        {
            return ModelProto.Parse(File.ReadAllBytes(path)).Graph ?? throw new EdgeHostException(ErrorCode.FailedPrecondition, $"{Path.GetFileName(path)} has no graph.");
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new EdgeHostException(ErrorCode.FailedPrecondition, $"The graph {Path.GetFileName(path)} cannot be read: {e.Message}", e);
        }
    }

    private static (ValueInfoProto Input, ValueInfoProto Output) Ends(GraphProto graph, ShippedModel model)
    {
        var constants = graph.Initializers.Select(static tensor => tensor.Name).ToHashSet(StringComparer.Ordinal);
        List<ValueInfoProto> inputs = [.. graph.Inputs.Where(input => !constants.Contains(input.Name))];
        return inputs is [var input] && graph.Outputs is [var output]
            ? (input, output)
            : throw new EdgeHostException(
                ErrorCode.FailedPrecondition, $"'{model.Id}@{model.Base}' cannot be made personal: it has {inputs.Count} inputs and {graph.Outputs.Count} outputs, and must have one of each.");
    }

    // The batch stands before the shape; what a graph leaves open takes anything.
    private static bool Fits(ValueInfoProto value, TensorShape shape)
    {
        if (value.Tensor is not { Type: ElementType.Float32, Shape: { } known } || known.Dimensions.Count != shape.Rank + 1) return false;
        for (var i = 0; i < shape.Rank; i++)
        {
            if (known.Dimensions[i + 1].Size is { } size and >= 0 && size != shape[i]) return false;
        }

        return true;
    }

    private static void Replace(GraphProto graph, string from, string to)
    {
        foreach (var node in graph.Nodes)
        {
            for (var i = 0; i < node.Inputs.Count; i++) if (node.Inputs[i] == from) node.Inputs[i] = to;
            for (var i = 0; i < node.Outputs.Count; i++) if (node.Outputs[i] == from) node.Outputs[i] = to;
        }

        foreach (var output in graph.Outputs.Where(output => output.Name == from)) output.Name = to;
        foreach (var constant in graph.Initializers.Where(constant => constant.Name == from)) constant.Name = to;
    }

    private static string Shown(TensorShape shape) => $"[batch, {string.Join(", ", shape.Dimensions.ToArray())}]";

    private static string Shown(ValueInfoProto value)
        => $"'{value.Name}' {value.Tensor?.Type.ToString().ToLowerInvariant()} [{string.Join(", ", value.Tensor?.Shape?.Dimensions.Select(static dimension => dimension.Size?.ToString(System.Globalization.CultureInfo.InvariantCulture) ?? "open") ?? [])}]";
}
