using EdgeHost.ModelTools;

namespace EdgeHost.Plugins.Language.Training.Export;

/// <summary>
/// Makes linear layers small and fast: weights of 8 bits with a scale for each column, activations of 8 bits with a scale found while the model
/// runs. Weights use 7 of the bits, since processors without the newer instructions add two products in 16 bits.
/// </summary>
internal static class ProductQuantisation
{
    private const float Steps = 63;

    /// <summary>Replaces every linear layer of a model: products with weights, with and without biases.</summary>
    public static void Replace(ModelProto model)
    {
        var graph = model.Graph!;
        var tensors = graph.Initializers.ToDictionary(tensor => tensor.Name, StringComparer.Ordinal);
        foreach (var node in graph.Nodes.Where(node => IsLinear(node) && tensors.ContainsKey(node.Inputs[1])).ToList())
        {
            Replace(graph, node, tensors[node.Inputs[1]]);
        }
    }

    private static bool IsLinear(NodeProto node) => node is { Operator: "Gemm", Inputs.Count: 3 } or { Operator: "MatMul" };

    private static void Replace(GraphProto graph, NodeProto product, TensorProto weight)
    {
        var (input, name, output) = (product.Inputs[0], product.Inputs[1], product.Outputs[0]);
        var bias = product.Inputs.Count > 2 ? product.Inputs[2] : null;
        var (numbers, scales) = Round(weight.ToArray<float>(), (int)weight.Dimensions[1]);
        graph.Initializers.Remove(weight);
        graph.Initializers.Add(TensorProto.Of<sbyte>(name, new TensorShape([.. weight.Dimensions]), numbers));
        graph.Initializers.Add(TensorProto.Of<float>($"{name}/scale", new TensorShape(scales.Length), scales));
        var position = graph.Nodes.IndexOf(product);
        graph.Nodes.RemoveAt(position);
        List<NodeProto> nodes =
        [
            Node("DynamicQuantizeLinear", $"{name}/quantise", [input], [$"{name}/x", $"{name}/x_scale", $"{name}/x_zero"]),
            Node("MatMulInteger", $"{name}/product", [$"{name}/x", name, $"{name}/x_zero"], [$"{name}/sums"]),
            Node("Cast", $"{name}/cast", [$"{name}/sums"], [$"{name}/float"], AttributeProto.Of("to", (long)ElementType.Float32)),
            Node("Mul", $"{name}/scales", [$"{name}/x_scale", $"{name}/scale"], [$"{name}/both_scales"]),
            Node("Mul", $"{name}/scaled", [$"{name}/float", $"{name}/both_scales"], [bias is null ? output : $"{name}/y"]),
        ];
        if (bias is not null) nodes.Add(Node("Add", $"{name}/add", [$"{name}/y", bias], [output]));
        for (var i = 0; i < nodes.Count; i++) graph.Nodes.Insert(position + i, nodes[i]);
    }

    private static (sbyte[] Numbers, float[] Scales) Round(float[] weights, int columns)
    {
        var scales = new float[columns];
        for (var i = 0; i < weights.Length; i++) scales[i % columns] = Math.Max(scales[i % columns], Math.Abs(weights[i]) / Steps);
        var numbers = new sbyte[weights.Length];
        for (var i = 0; i < weights.Length; i++) numbers[i] = scales[i % columns] == 0 ? (sbyte)0 : (sbyte)MathF.Round(weights[i] / scales[i % columns]);
        return (numbers, scales);
    }

    private static NodeProto Node(string operation, string name, string[] inputs, string[] outputs, params AttributeProto[] attributes)
    {
        var node = new NodeProto { Operator = operation, Name = name };
        foreach (var input in inputs) node.Inputs.Add(input);
        foreach (var output in outputs) node.Outputs.Add(output);
        foreach (var attribute in attributes) node.Attributes.Add(attribute);
        return node;
    }
}
