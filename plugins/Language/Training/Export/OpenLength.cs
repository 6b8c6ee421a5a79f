using System.Runtime.InteropServices;
using EdgeHost.ModelTools;

namespace EdgeHost.Plugins.Language.Training.Export;

/// <summary>
/// Lets a model that was built for texts of one length take shorter ones too: shapes that name the length, or one less, get it from the input,
/// and vectors of places are cut to it. Half as long a text then takes half the time.
/// </summary>
internal static class OpenLength
{
    private const string Length = "length";
    private const string LessOne = "length_less_one";

    /// <summary>Changes a model.</summary>
    /// <param name="model">The model; its inputs are [texts, length] or [texts, length, ..].</param>
    /// <param name="input">An input that has the length.</param>
    /// <param name="length">The length that it was built for; no other dimension of a shape is that or one less.</param>
    /// <param name="places">The table of vectors of places, [length, width]; null where there is none.</param>
    public static void Apply(ModelProto model, string input, int length, string? places = null)
    {
        var graph = model.Graph!;
        var first = new List<NodeProto>
        {
            Node("Shape", [input], Length, AttributeProto.Of("start", 1), AttributeProto.Of("end", 2)),
            Node("Sub", [Length, Constant(graph, "one", 1)], LessOne),
        };
        if (places is not null)
        {
            first.Add(Node("Slice", [places, Constant(graph, "zero", 0), Length, Constant(graph, "axis", 0)], "places_of_text"));
            Rename(graph, places, "places_of_text");
        }

        foreach (var shape in graph.Initializers.Where(tensor => IsShape(tensor) && tensor.ToArray<long>().Any(dimension => dimension == length || dimension == length - 1)).ToList())
        {
            string[] parts = [.. shape.ToArray<long>().Select(dimension => dimension == length ? Length : dimension == length - 1 ? LessOne : Constant(graph, $"dimension_{(dimension < 0 ? "open" : dimension)}", dimension))];
            graph.Initializers.Remove(shape);
            first.Add(Node("Concat", parts, shape.Name, AttributeProto.Of("axis", 0)));
        }

        for (var i = 0; i < first.Count; i++) graph.Nodes.Insert(i, first[i]);
        for (var i = 0; i < graph.Inputs.Count; i++) graph.Inputs[i] = Open(graph.Inputs[i]);
    }

    private static bool IsShape(TensorProto tensor) => tensor.Type == ElementType.Int64 && tensor.Dimensions.Count == 1 && !tensor.Name.StartsWith("open_length/", StringComparison.Ordinal);

    private static ValueInfoProto Open(ValueInfoProto value)
    {
        var tensor = value.Tensor!;
        return ValueInfoProto.Of(value.Name, tensor.Type, new TensorShape([-1, -1, .. tensor.Shape!.Dimensions.Skip(2).Select(dimension => dimension.Size ?? -1)]));
    }

    private static void Rename(GraphProto graph, string from, string to)
    {
        foreach (var node in graph.Nodes)
        {
            for (var i = 0; i < node.Inputs.Count; i++)
            {
                if (node.Inputs[i] == from) node.Inputs[i] = to;
            }
        }
    }

    private static string Constant(GraphProto graph, string name, long value)
    {
        name = $"open_length/{name}";
        if (graph.Initializers.All(tensor => tensor.Name != name)) graph.Initializers.Add(TensorProto.Of(name, new TensorShape(1), MemoryMarshal.CreateReadOnlySpan(ref value, 1)));
        return name;
    }

    private static NodeProto Node(string operation, string[] inputs, string output, params AttributeProto[] attributes)
    {
        var node = new NodeProto { Operator = operation, Name = $"open_length/{output}", Outputs = { output } };
        foreach (var input in inputs) node.Inputs.Add(input);
        foreach (var attribute in attributes) node.Attributes.Add(attribute);
        return node;
    }
}
