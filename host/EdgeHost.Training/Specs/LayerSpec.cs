using EdgeHost.ModelTools.Graphs;
using EdgeHost.Training.Layers;
using EdgeHost.Training.Networks;
using EdgeHost.Training.Operators;

namespace EdgeHost.Training.Specs;

/// <summary>The layers that a specification may name.</summary>
internal static class LayerSpec
{
    private static readonly Dictionary<string, Func<NetworkBuilder, GraphValue, GraphValue>> Activations = new()
    {
        ["sigmoid"] = Operators.Activations.Sigmoid,
        ["tanh"] = Operators.Activations.Tanh,
        ["relu"] = Operators.Activations.Relu,
        ["gelu"] = Operators.Activations.Gelu,
        ["silu"] = Operators.Activations.Silu,
        ["softmax"] = Operators.Activations.Softmax,
    };

    private static readonly Dictionary<string, Func<Context, GraphValue>> Kinds = new()
    {
        ["linear"] = c => c.Net.Linear(c.Name, c.Value, c.Fields.Integer("width"), !c.Fields.Flag("no_bias")),
        ["embedding"] = c => c.Net.Embedding(c.Name, c.Value, c.Fields.Integer("count"), c.Fields.Integer("width"), c.Fields.Number("deviation", 0.02f)),
        ["tied_linear"] = c => c.Net.TiedLinear(c.Fields.Text("embedding"), c.Value, c.Fields.Integer("count")),
        ["convolution"] = c => c.Net.Convolution(
            c.Name, c.Value, c.Fields.Integer("filters"), c.Fields.Integer("window"), c.Fields.Integer("stride", 1), c.Fields.Integer("padding", 0)),
        ["average_pool"] = c => c.Net.AveragePool(c.Value, c.Fields.Integer("window"), c.Fields.Integer("stride", c.Fields.Integer("window"))),
        ["layer_norm"] = c => c.Net.LayerNorm(c.Name, c.Value),
        ["dropout"] = c => c.Net.Dropout(c.Name, c.Value, c.Fields.Number("rate", 0.1f)),
        ["attention"] = c => c.Net.Attention(
            c.Name,
            c.Value,
            c.Inputs.Length > 1 ? c.Inputs[1] : c.Value,
            c.Fields.Integer("heads"),
            c.Fields.OptionalText("mask") is { } mask ? c.Find(mask) : null,
            c.Fields.Flag("causal"),
            c.Fields.Number("dropout", 0)),
        ["gru"] = c => c.Net.Gru(c.Name, c.Value, c.Fields.Integer("width")),
        ["positions"] = c => c.Value.Rank == 3
            ? c.Net.Add(c.Value, c.Net.Parameter(c.Name, new TensorShape(c.Value.Shape[1], c.Value.Shape[2]), Initialisation.Normal(0.02f)))
            : throw c.Fields.Wrong($"wants [batch, positions, width], and got {c.Value.Shape}"),
        ["flatten"] = c => c.Net.FlattenExamples(c.Value),
        ["mean"] = c => Reduced(c, c.Net.Mean),
        ["sum"] = c => Reduced(c, c.Net.Sum),
        ["table"] = c => c.Net.Rows(TableOf(c), c.Value),
        ["add"] = c => c.Inputs.Aggregate(c.Net.Add),
        ["multiply"] = c => c.Inputs.Aggregate(c.Net.Multiply),
        ["concat"] = c => c.Net.Concat(c.Fields.Integer("axis", 1), c.Inputs),
    };

    // These have no parameters, so that their operators do not say by themselves which layer they are.
    private static readonly HashSet<string> WithoutParameters = ["average_pool", "flatten", "mean", "sum", "table", "add", "multiply", "concat"];

    /// <summary>Builds a layer and the activation it names.</summary>
    public static GraphValue Build(
        NetworkBuilder net, string name, SpecFields fields, GraphValue[] inputs, Func<string, GraphValue> find, IReadOnlyDictionary<string, NetworkTable> tables)
    {
        var kind = fields.Text("kind");
        if (Activations.TryGetValue(kind, out var alone))
        {
            using var layer = net.Layer(name);
            return alone(net, inputs[0]);
        }

        if (!Kinds.TryGetValue(kind, out var build))
        {
            throw fields.Wrong($"has the kind '{kind}', which does not exist; there are {string.Join(", ", Kinds.Keys.Concat(Activations.Keys).Order(StringComparer.Ordinal))}");
        }

        var result = Build(new Context(net, name, fields, inputs, find, tables), build, WithoutParameters.Contains(kind));
        if (fields.OptionalText("activation") is not { } activation) return result;
        return Activations.TryGetValue(activation, out var activate)
            ? activate(net, result)
            : throw fields.Wrong($"has the activation '{activation}', which does not exist; there are {string.Join(", ", Activations.Keys)}");
    }

    private static GraphValue Build(Context context, Func<Context, GraphValue> build, bool isScoped)
    {
        if (!isScoped) return build(context);
        using var layer = context.Net.Layer(context.Name);
        return build(context);
    }

    private static GraphValue Reduced(Context c, Func<GraphValue, long[], GraphValue> reduce)
    {
        var axes = c.Fields.Integers("axes");
        var result = reduce(c.Value, axes);
        if (!c.Fields.Flag("keep")) return result;
        return c.Net.Reshape(result, new TensorShape([.. c.Value.Shape.Dimensions.ToArray().Select((dimension, axis) => axes.Length == 0 || axes.Contains(axis) ? 1 : dimension)]));
    }

    private static GraphValue TableOf(Context c)
    {
        var name = c.Fields.Text("table");
        if (!c.Tables.TryGetValue(name, out var table))
        {
            throw c.Fields.Wrong(c.Tables.Count == 0 ? $"takes rows of the table '{name}', and none comes with the network" : $"takes rows of '{name}', which is no table; there are {string.Join(", ", c.Tables.Keys)}");
        }

        return c.Net.Graph.Shared($"table_{name}", key => c.Net.Graph.Initializer(key, new TensorShape(table.Rows, table.Width), table.Values.Span));
    }

    private sealed record Context(
        NetworkBuilder Net, string Name, SpecFields Fields, GraphValue[] Inputs, Func<string, GraphValue> Find, IReadOnlyDictionary<string, NetworkTable> Tables)
    {
        public GraphValue Value => Inputs[0];
    }
}
