using EdgeHost.ModelTools;

namespace EdgeHost.Plugins.Language.Training.Export;

/// <summary>Makes tables that rows are gathered from small, and weights: 8 bits a number and a scale for each row, a quarter of the bytes.</summary>
internal static class TableQuantisation
{
    private const float Steps = 127;

    /// <summary>Rounds a table in place to what 8 bits can hold.</summary>
    /// <returns>The rounded numbers and the rows' scales.</returns>
    public static (sbyte[] Numbers, float[] Scales) Round(Span<float> table, int width)
    {
        var (numbers, scales) = (new sbyte[table.Length], new float[table.Length / width]);
        for (var row = 0; row < scales.Length; row++)
        {
            var values = table.Slice(row * width, width);
            var highest = 0f;
            foreach (var value in values) highest = Math.Max(highest, Math.Abs(value));
            scales[row] = highest / Steps;
            for (var i = 0; i < width; i++)
            {
                numbers[(row * width) + i] = highest == 0 ? (sbyte)0 : (sbyte)MathF.Round(values[i] / scales[row]);
                values[i] = numbers[(row * width) + i] * scales[row];
            }
        }

        return (numbers, scales);
    }

    /// <summary>Puts a rounded table in a model in place of the float one.</summary>
    /// <param name="model">The model.</param>
    /// <param name="name">The table's name.</param>
    /// <param name="numbers">What <see cref="Round"/> gave.</param>
    /// <param name="scales">The rows' scales.</param>
    public static void Replace(ModelProto model, string name, sbyte[] numbers, float[] scales)
    {
        var graph = model.Graph!;
        var table = graph.Initializers.First(tensor => tensor.Name == name);
        var (rows, width) = (table.Dimensions[0], table.Dimensions[1]);
        graph.Initializers.Remove(table);
        graph.Initializers.Add(TensorProto.Of<sbyte>(name, new TensorShape(rows, width), numbers));
        graph.Initializers.Add(TensorProto.Of<float>($"{name}/scale", new TensorShape(rows, 1), scales));

        // rows = table[ids] becomes rows = float(table[ids]) · scale[ids].
        var gather = graph.Nodes.First(node => node.Operator == "Gather" && node.Inputs[0] == name);
        var output = gather.Outputs[0];
        gather.Outputs[0] = $"{name}/rounded";
        var position = graph.Nodes.IndexOf(gather);
        var cast = Node("Cast", $"{name}/cast", [$"{name}/rounded"], $"{name}/float", AttributeProto.Of("to", (long)ElementType.Float32));
        var scale = Node("Gather", $"{name}/scales", [$"{name}/scale", gather.Inputs[1]], $"{name}/scale_rows", AttributeProto.Of("axis", 0));
        graph.Nodes.Insert(position + 1, cast);
        graph.Nodes.Insert(position + 2, scale);
        graph.Nodes.Insert(position + 3, Node("Mul", $"{name}/scaled", [$"{name}/float", $"{name}/scale_rows"], output));
    }

    /// <summary>Puts rounded weights of a linear layer in a model in place of the float ones. They are made floats again once, when the model is opened.</summary>
    /// <param name="model">The model.</param>
    /// <param name="name">The weights' name.</param>
    /// <param name="numbers">What <see cref="Round"/> gave.</param>
    /// <param name="scales">The rows' scales.</param>
    public static void ReplaceWeights(ModelProto model, string name, sbyte[] numbers, float[] scales)
    {
        var graph = model.Graph!;
        var weights = graph.Initializers.First(tensor => tensor.Name == name);
        var (rows, width) = (weights.Dimensions[0], weights.Dimensions[1]);
        graph.Initializers.Remove(weights);
        graph.Initializers.Add(TensorProto.Of<sbyte>($"{name}/rounded", new TensorShape(rows, width), numbers));
        graph.Initializers.Add(TensorProto.Of<float>($"{name}/scale", new TensorShape(rows, 1), scales));
        graph.Nodes.Insert(0, Node("Cast", $"{name}/cast", [$"{name}/rounded"], $"{name}/float", AttributeProto.Of("to", (long)ElementType.Float32)));
        graph.Nodes.Insert(1, Node("Mul", $"{name}/scaled", [$"{name}/float", $"{name}/scale"], name));
    }

    private static NodeProto Node(string operation, string name, string[] inputs, string output, params AttributeProto[] attributes)
    {
        var node = new NodeProto { Operator = operation, Name = name };
        foreach (var input in inputs) node.Inputs.Add(input);
        foreach (var attribute in attributes) node.Attributes.Add(attribute);
        node.Outputs.Add(output);
        return node;
    }
}
