namespace EdgeHost.ModelTools.Optimising;

/// <summary>
/// Convolutions and products in 8-bit integers: weights and what flows between are rounded with ranges that were measured on examples. Written as pairs of <c>QuantizeLinear</c> and
/// <c>DequantizeLinear</c> around the operators (QDQ), which ONNX Runtime joins with them. Static and thread-safe on different models.
/// </summary>
public static class StaticQuantiser
{
    private static readonly string[] Operators = ["Conv", "MatMul", "Gemm"];

    /// <summary>The values whose ranges have to be measured: what goes into the operators and what comes out.</summary>
    /// <param name="model">The model, cleaned.</param>
    /// <param name="options">Which weights.</param>
    public static IReadOnlyList<string> ValuesToMeasure(ModelProto model, QuantisationOptions options)
    {
        ArgumentNullException.ThrowIfNull(model);
        ArgumentNullException.ThrowIfNull(options);
        return [.. Layers(new GraphEditor(model), options).SelectMany(layer => new[] { layer.Node.Inputs[0], layer.Rounded }).Distinct(StringComparer.Ordinal)];
    }

    /// <summary>Rewrites a model in place.</summary>
    /// <param name="model">The model, cleaned.</param>
    /// <param name="ranges">The ranges of <see cref="ValuesToMeasure"/>, by name; an operator of which one is missing stays as it is.</param>
    /// <param name="options">Which weights; kept ones are stored as 16-bit floats, others that no operator here reads as 8-bit ones.</param>
    /// <exception cref="EdgeHostException"><see cref="ErrorCode.FailedPrecondition"/>: weights lie in a file beside the model, or its operator set is too old.</exception>
    public static QuantisationReport Quantise(ModelProto model, IReadOnlyDictionary<string, ValueRange> ranges, QuantisationOptions options)
    {
        ArgumentNullException.ThrowIfNull(model);
        ArgumentNullException.ThrowIfNull(ranges);
        ArgumentNullException.ThrowIfNull(options);
        var editor = new GraphEditor(model);
        OperatorSetUpgrade.Ensure(model, editor);
        var count = new WeightQuantiser.Counter();
        var pairs = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var (node, layer, result) in Layers(editor, options).ToArray())
        {
            // The operator may read the pair behind an earlier one by now.
            var source = pairs.FirstOrDefault(pair => pair.Value == node.Inputs[0]).Key ?? node.Inputs[0];
            if (options.Keep.Contains(layer.Name) || !ranges.TryGetValue(source, out var input) || !ranges.TryGetValue(result, out var output)) continue;
            if (!pairs.TryGetValue(source, out var rounded)) pairs[source] = rounded = InsertPair(editor, source, input, editor.Graph.Nodes.IndexOf(node));
            node.Inputs[0] = rounded;
            RoundWeights(editor, node, layer, input, count);
            if (!pairs.ContainsKey(result)) RoundResult(editor, result, output, pairs);
        }

        editor.UseContributedOperators();
        var rest = WeightQuantiser.Quantise(model, 8, options);
        return new QuantisationReport(count.Quantised + rest.Quantised, rest.StoredAsFloat16, count.Before + rest.BytesBefore, count.After + rest.BytesAfter);
    }

    private static IEnumerable<(NodeProto Node, WeightLayer Layer, string Rounded)> Layers(GraphEditor editor, QuantisationOptions options)
    {
        var layers = WeightLayer.Find(editor, options).ToDictionary(layer => layer.Name, StringComparer.Ordinal);
        return from node in editor.Graph.Nodes
               where node.Domain.Length == 0 && Operators.Contains(node.Operator) && node.Inputs.Count > 1 && editor.Constant(node.Inputs[0]) is null
               where layers.ContainsKey(node.Inputs[1]) && editor.Readers(node.Inputs[1]).Count == 1 && !node.Attributes.Any(attribute => attribute is { Name: "transA", IntegerValue: 1 })
               select (node, layers[node.Inputs[1]], ResultOf(editor, node));
    }

    // What is cut off anyway needs no steps: the engine joins a following ReLU with the rounding.
    private static string ResultOf(GraphEditor editor, NodeProto node)
        => !editor.IsNeededByName(node.Outputs[0]) && editor.Readers(node.Outputs[0]) is [{ Operator: "Relu" or "Clip", Domain.Length: 0 } cut] ? cut.Outputs[0] : node.Outputs[0];

    private static string InsertPair(GraphEditor editor, string value, ValueRange range, int at)
    {
        var (scale, zero) = range.ToUInt8();
        var scaleName = editor.AddConstant<float>($"{value}_scale", new TensorShape(), [scale]);
        var zeroName = editor.AddConstant<byte>($"{value}_zero", new TensorShape(), [zero]);
        var rounded = editor.FreeName($"{value}_q");
        var widened = editor.FreeName($"{value}_dq");
        editor.Graph.Nodes.Insert(at, Node("DequantizeLinear", rounded, scaleName, zeroName, widened));
        editor.Graph.Nodes.Insert(at, Node("QuantizeLinear", value, scaleName, zeroName, rounded));
        return widened;
    }

    private static void RoundResult(GraphEditor editor, string output, ValueRange range, Dictionary<string, string> pairs)
    {
        if (editor.IsNeededByName(output)) return;
        var maker = editor.Graph.Nodes.First(node => node.Outputs.Contains(output));
        var pair = pairs[output] = InsertPair(editor, output, range, editor.Graph.Nodes.IndexOf(maker) + 1);
        foreach (var reader in editor.Readers(output))
        {
            for (var k = 0; k < reader.Inputs.Count; k++)
            {
                if (reader.Inputs[k] == output) reader.Inputs[k] = pair;
            }
        }
    }

    private static void RoundWeights(GraphEditor editor, NodeProto node, WeightLayer layer, ValueRange input, WeightQuantiser.Counter count)
    {
        var tensor = editor.Constant(layer.Name)!;
        var dimensions = tensor.Dimensions.ToArray();
        var slices = (int)dimensions[layer.Axis];
        var (rounded, scales) = Rounding.ToInt8(tensor.ToArray<float>(), slices, (int)dimensions.Skip(layer.Axis + 1).Aggregate(1L, (product, size) => product * size));
        editor.RemoveConstant(layer.Name);
        var at = editor.Graph.Nodes.IndexOf(node);
        var weights = editor.AddConstant<sbyte>($"{layer.Name}_q8", new TensorShape(dimensions), rounded);
        node.Inputs[1] = Widen(editor, layer.Name, weights, scales, layer.Axis, at, sbyte.CreateChecked(0));
        count.Quantised++;
        count.Before += layer.Elements * sizeof(float);
        count.After += layer.Elements + (scales.Length * sizeof(float));
        if (node.Inputs.Count < 3 || editor.Constant(node.Inputs[2]) is not { Type: ElementType.Float32 } bias || bias.Dimensions.Count != 1 || bias.Dimensions[0] != slices) return;
        var steps = Array.ConvertAll(scales, scale => scale * input.ToUInt8().Scale);
        var sums = bias.ToArray<float>().Select((value, i) => (int)Math.Clamp(Math.Round((double)value / steps[i]), int.MinValue, int.MaxValue)).ToArray();
        var biasName = editor.AddConstant<int>($"{bias.Name}_q32", new TensorShape(slices), sums);
        node.Inputs[2] = Widen(editor, bias.Name, biasName, steps, 0, editor.Graph.Nodes.IndexOf(node), 0);
        if (editor.Readers(bias.Name).Count == 1 && !editor.IsNeededByName(bias.Name)) editor.RemoveConstant(bias.Name);
    }

    private static string Widen<T>(GraphEditor editor, string name, string rounded, float[] scales, int axis, int at, T zero)
        where T : unmanaged
    {
        var zeros = new T[scales.Length];
        Array.Fill(zeros, zero);
        var scale = editor.AddConstant<float>($"{name}_scale", new TensorShape(scales.Length), scales);
        var zeroName = editor.AddConstant<T>($"{name}_zero", new TensorShape(scales.Length), zeros);
        var widened = editor.FreeName($"{name}_dq");
        var node = Node("DequantizeLinear", rounded, scale, zeroName, widened);
        node.Attributes.Add(AttributeProto.Of("axis", (long)axis));
        editor.Graph.Nodes.Insert(at, node);
        return widened;
    }

    // ONNX Runtime's own versions do not depend on the model's operator set.
    private static NodeProto Node(string operation, string input, string scale, string zero, string output)
        => new() { Operator = operation, Domain = GraphEditor.ContributedDomain, Name = output, Inputs = { input, scale, zero }, Outputs = { output } };
}
