using EdgeHost.ModelImport.Layers;
using EdgeHost.ModelImport.Values;
using EdgeHost.ModelStore.Manifests;
using EdgeHost.ModelTools;
using EdgeHost.ModelTools.Optimising;

namespace EdgeHost.ModelImport.TensorFlowJs;

/// <summary>Makes an ONNX graph of a TensorFlow.js graph model. The same files give the same graph. Static and thread-safe.</summary>
internal static class TfjsConverter
{
    /// <summary>Makes a graph.</summary>
    /// <param name="topology">The content of <c>model.json</c>.</param>
    /// <param name="files">The files of weights by the names that the topology gives them.</param>
    /// <param name="means">Outputs to add.</param>
    /// <param name="options">The limits.</param>
    /// <param name="cancellationToken">Stops between two operators.</param>
    public static ModelProto Convert(
        ReadOnlyMemory<byte> topology, IReadOnlyDictionary<string, ReadOnlyMemory<byte>> files, IReadOnlyList<ImportedMean> means, ModelImportOptions options, CancellationToken cancellationToken)
    {
        var model = TfjsModelReader.Read(topology, options);
        string[] wanted = [.. model.Outputs.Select(static output => output.Node), .. means.Select(static mean => mean.Of)];
        UnknownOperators.Refuse("TensorFlow", TfjsOrder.Needed(model, wanted).Select(node => node.Operator).Where(operation => !TfjsOperators.Knows(operation)));
        var order = TfjsOrder.Of(model, wanted);
        var budget = new ConstantBudget(options.MaxConstantBytes);
        var weights = TfjsWeights.Read(model.Weights, files, budget);
        var canvas = new Canvas(budget);
        var values = new Dictionary<string, Value[]>(StringComparer.Ordinal);

        // All inputs, also those that nothing reads, in the order of the file.
        foreach (var node in model.Order.Where(node => node.Operator == "Placeholder")) values[node.Name] = [Input(canvas, model, node)];
        foreach (var node in order.Where(node => node.Operator != "Placeholder"))
        {
            cancellationToken.ThrowIfCancellationRequested();
            values[node.Name] = Map(canvas, node, weights, values);
        }

        foreach (var output in model.Outputs) canvas.Builder.Output(canvas.Plain(Find(values, output)), output.PublicName);
        foreach (var mean in means) canvas.Builder.Output(canvas.Plain(MeanOf(canvas, values, mean)), mean.Output);
        var made = canvas.Builder.Build("edgehost-import");
        GraphCleaner.Clean(made);
        return made;
    }

    private static Value MeanOf(Canvas canvas, Dictionary<string, Value[]> values, ImportedMean mean)
    {
        var found = values[mean.Of];
        if (found[0].Rank != 4) throw ImportProblem.Damaged($"'{ImportProblem.Name(mean.Of)}', whose mean is asked for, is {found[0].Shape} and has no rows and columns");
        canvas.Builder.Scope = mean.Output;
        return Reduction.Apply(canvas, "ReduceMean", found[0], [1, 2], keep: false);
    }

    private static Value Input(Canvas canvas, TfjsModel model, TfjsNode node)
    {
        var given = node.Attributes.GetValueOrDefault("shape")?.Shape ?? (model.InputShapes.TryGetValue(node.Name, out var signed) ? signed : (TensorShape?)null);
        if (given is not { } shape) throw ImportProblem.Unknown($"its input '{ImportProblem.Name(node.Name)}' has no number of dimensions");
        return canvas.Input(node.Name, node.Attributes.GetValueOrDefault("dtype")?.Type ?? throw ImportProblem.Unknown($"its input '{ImportProblem.Name(node.Name)}' is of a type that is not read"), shape);
    }

    private static Value[] Map(Canvas canvas, TfjsNode node, Dictionary<string, ConstantTensor> weights, Dictionary<string, Value[]> values)
    {
        if (node.Operator == "Const")
        {
            return weights.TryGetValue(node.Name, out var weight) ? [Canvas.Constant(weight)] : throw ImportProblem.Damaged($"the constant '{ImportProblem.Name(node.Name)}' has no weight");
        }

        canvas.Builder.Scope = node.Name;
        try
        {
            return TfjsOperators.Find(node.Operator)(new TfjsCall(node, [.. node.Inputs.Select(input => Find(values, input))], canvas));
        }
        catch (Exception e) when (e is EdgeHostException or ArgumentOutOfRangeException or OverflowException)
        {
            var code = e is EdgeHostException typed ? typed.Code : ErrorCode.InvalidArgument;
            throw new EdgeHostException(code, $"At '{ImportProblem.Name(node.Name)}' ({ImportProblem.Name(node.Operator)}): {e.Message}", e);
        }
    }

    private static Value Find(Dictionary<string, Value[]> values, TfjsInput input)
        => values.TryGetValue(input.Node, out var outputs) && input.Output < outputs.Length
            ? outputs[input.Output]
            : throw ImportProblem.Damaged($"the output {input.Output} of '{ImportProblem.Name(input.Node)}' is read, which it does not have");
}
