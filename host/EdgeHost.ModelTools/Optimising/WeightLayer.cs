namespace EdgeHost.ModelTools.Optimising;

/// <summary>A constant that is big enough to be worth making smaller. Immutable.</summary>
/// <param name="Name">The constant's name.</param>
/// <param name="Operator">The operator that reads it first.</param>
/// <param name="Elements">How many numbers it has.</param>
/// <param name="Axis">The dimension along which each slice gets a scale of its own: an output channel, or a row of a table.</param>
public sealed record WeightLayer(string Name, string Operator, long Elements, int Axis)
{
    /// <summary>The layers of a model that <see cref="WeightQuantiser"/> would make smaller, in the order of the graph.</summary>
    /// <param name="model">The model, cleaned.</param>
    /// <param name="options">Which are left out; <see cref="QuantisationOptions.Keep"/> is not looked at.</param>
    /// <exception cref="EdgeHostException"><see cref="ErrorCode.FailedPrecondition"/>: weights lie in a file beside the model.</exception>
    public static IReadOnlyList<WeightLayer> Find(ModelProto model, QuantisationOptions options)
    {
        ArgumentNullException.ThrowIfNull(model);
        ArgumentNullException.ThrowIfNull(options);
        options.Validate();
        return Find(new GraphEditor(model), options);
    }

    internal static IReadOnlyList<WeightLayer> Find(GraphEditor editor, QuantisationOptions options)
    {
        var layers = new List<WeightLayer>();
        var seen = new HashSet<string>(StringComparer.Ordinal);
        foreach (var node in editor.Graph.Nodes)
        {
            foreach (var input in node.Inputs)
            {
                if (editor.Constant(input) is not { Type: ElementType.Float32 } tensor || tensor.Dimensions.Count < 2 || !seen.Add(input)) continue;
                if (tensor.ExternalData.Count > 0)
                {
                    throw new EdgeHostException(ErrorCode.FailedPrecondition, $"The values of '{input}' lie in a file beside the model; bring them into the model's file first.");
                }

                var elements = tensor.Dimensions.Aggregate(1L, (product, size) => product * size);
                if (elements >= options.MinElements && !editor.OutputNames.Contains(input)) layers.Add(new WeightLayer(input, node.Operator, elements, AxisOf(node, input, tensor)));
            }
        }

        return layers;
    }

    private static int AxisOf(NodeProto node, string input, TensorProto tensor) => node.Operator switch
    {
        "MatMul" => tensor.Dimensions.Count - (node.Inputs[0] == input ? 2 : 1),
        "Gemm" => (node.Attributes.FirstOrDefault(attribute => attribute.Name == "transB")?.IntegerValue ?? 0) == 1 ? 0 : 1,
        "ConvTranspose" => 1,
        "GRU" or "LSTM" or "RNN" => 1,
        _ => 0,
    };
}
