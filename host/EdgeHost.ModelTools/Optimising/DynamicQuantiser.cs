namespace EdgeHost.ModelTools.Optimising;

/// <summary>
/// Products with a constant matrix in 8-bit integers: weights are rounded once, inputs anew in each run (<c>DynamicQuantizeMatMul</c> of ONNX Runtime). Needs no examples. Convolutions
/// and other weights are stored as <see cref="WeightQuantiser"/> does. Static and thread-safe on different models.
/// </summary>
public static class DynamicQuantiser
{
    /// <summary>Rewrites a model in place.</summary>
    /// <param name="model">The model, cleaned.</param>
    /// <param name="options">Which weights.</param>
    /// <exception cref="EdgeHostException"><see cref="ErrorCode.FailedPrecondition"/>: weights lie in a file beside the model.</exception>
    public static QuantisationReport Quantise(ModelProto model, QuantisationOptions options)
    {
        ArgumentNullException.ThrowIfNull(model);
        ArgumentNullException.ThrowIfNull(options);
        var editor = new GraphEditor(model);
        var count = new WeightQuantiser.Counter();
        foreach (var layer in WeightLayer.Find(editor, options).Where(layer => !options.Keep.Contains(layer.Name)))
        {
            var readers = editor.Readers(layer.Name);
            if (editor.IsNeededByName(layer.Name) || !readers.All(reader => IsProduct(reader, layer.Name)) || readers.Select(IsTransposed).Distinct().Count() > 1) continue;
            Rewrite(editor, layer, readers);
            count.Quantised++;
            count.Before += layer.Elements * sizeof(float);
            count.After += layer.Elements;
        }

        if (count.Quantised > 0) editor.UseContributedOperators();
        var rest = WeightQuantiser.Quantise(model, 8, options);
        return new QuantisationReport(count.Quantised + rest.Quantised, rest.StoredAsFloat16, count.Before + rest.BytesBefore, count.After + rest.BytesAfter);
    }

    private static bool IsProduct(NodeProto reader, string name)
        => reader.Domain.Length == 0 && reader.Inputs[1] == name && reader.Operator switch
        {
            "MatMul" => true,
            "Gemm" => reader.Attributes.All(attribute => attribute.Name switch
            {
                "alpha" or "beta" => attribute.FloatValue == 1,
                "transA" => attribute.IntegerValue == 0,
                _ => true,
            }),
            _ => false,
        };

    private static bool IsTransposed(NodeProto reader) => reader.Operator == "Gemm" && reader.Attributes.Any(attribute => attribute is { Name: "transB", IntegerValue: 1 });

    private static void Rewrite(GraphEditor editor, WeightLayer layer, IReadOnlyList<NodeProto> readers)
    {
        var tensor = editor.Constant(layer.Name)!;
        if (tensor.Dimensions.Count != 2) return;
        var values = tensor.ToArray<float>();
        var (inputs, outputs) = ((int)tensor.Dimensions[0], (int)tensor.Dimensions[1]);
        if (IsTransposed(readers[0]))
        {
            (inputs, outputs) = (outputs, inputs);
            var turned = new float[values.Length];
            for (var i = 0; i < values.Length; i++) turned[(i % inputs * outputs) + (i / inputs)] = values[i];
            values = turned;
        }

        var (rounded, scales) = Rounding.ToInt8(values, outputs, 1);
        editor.RemoveConstant(layer.Name);
        var weights = editor.AddConstant<sbyte>($"{layer.Name}_q8", new TensorShape(inputs, outputs), rounded);
        var scale = editor.AddConstant<float>($"{layer.Name}_scale", new TensorShape(outputs), scales);
        foreach (var reader in readers)
        {
            var bias = reader.Inputs.Count > 2 ? reader.Inputs[2] : string.Empty;
            reader.Operator = "DynamicQuantizeMatMul";
            reader.Domain = GraphEditor.ContributedDomain;
            reader.Attributes.Clear();
            while (reader.Inputs.Count > 1) reader.Inputs.RemoveAt(1);
            reader.Inputs.Add(weights);
            reader.Inputs.Add(scale);
            if (bias.Length == 0) continue;
            reader.Inputs.Add(string.Empty);
            reader.Inputs.Add(bias);
        }
    }
}
