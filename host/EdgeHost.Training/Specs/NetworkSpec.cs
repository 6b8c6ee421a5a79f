using System.Text.Json;
using EdgeHost.ModelTools.Graphs;
using EdgeHost.Training.Networks;

namespace EdgeHost.Training.Specs;

/// <summary>
/// A network as data: <c>inputs</c>, <c>layers</c> and <c>loss</c> of a JSON object (docs/training.md has every layer). A layer reads the one
/// before it unless it names its <c>inputs</c>, which may be any inputs and layers before it, so that any graph can be said.
/// </summary>
public static class NetworkSpec
{
    /// <summary>Layers that a specification may have at most.</summary>
    public const int MostLayers = 1_000;

    private const int TrialBatch = 2;

    private static readonly IReadOnlyDictionary<string, NetworkTable> NoTables = new Dictionary<string, NetworkTable>();

    /// <summary>Makes a network of a specification. Everything is checked at once, with a batch of two examples.</summary>
    /// <param name="json">The object. Not needed any more afterwards.</param>
    /// <param name="tables">What its layers of the kind <c>table</c> take rows of, by name; null for none.</param>
    /// <exception cref="EdgeHostException">
    /// <see cref="ErrorCode.InvalidArgument"/>: an unknown layer, input, loss or field, a missing one, or shapes that do not fit; names the
    /// layer and both shapes.
    /// </exception>
    public static Network ToNetwork(JsonElement json, IReadOnlyDictionary<string, NetworkTable>? tables = null)
    {
        var copy = json.Clone();
        var network = new Network(net => Forward(net, copy, tables ?? NoTables), (net, output) => Loss(net, output, copy));
        Try(network, copy, TrialBatch);
        return network;
    }

    /// <summary>Says what a specification makes: inputs, output, size. Checks everything that <see cref="ToNetwork"/> does.</summary>
    /// <param name="json">The object.</param>
    /// <param name="tables">As for <see cref="ToNetwork"/>.</param>
    /// <exception cref="EdgeHostException">As <see cref="ToNetwork"/>.</exception>
    public static NetworkDescription Describe(JsonElement json, IReadOnlyDictionary<string, NetworkTable>? tables = null)
        => Try(new Network(net => Forward(net, json, tables ?? NoTables), (net, output) => Loss(net, output, json)), json, TrialBatch);

    private static NetworkDescription Try(Network network, JsonElement json, int batch)
    {
        var trial = new NetworkBuilder(NetworkMode.Evaluate, batch);
        var output = network.Forward(trial);
        var own = trial.Inputs.Select(input => input.Name).ToHashSet(StringComparer.Ordinal);
        network.Loss(trial, output);
        var loss = json.GetProperty("loss");
        var asked = loss.TryGetProperty("target", out var name) && name.ValueKind == JsonValueKind.String ? name.GetString()! : LossSpec.Target;
        return new NetworkDescription
        {
            Inputs = [.. trial.Inputs.Where(input => own.Contains(input.Name)).Select(Described)],
            Target = trial.Inputs.Where(input => input.Name == asked && !own.Contains(asked)).Select(Described).FirstOrDefault(),
            OutputShape = new TensorShape(output.Shape.Dimensions[1..]),
            Loss = loss.GetProperty("kind").GetString()!,
            EndsWithSoftmax = EndsWith(json, "softmax"),
            EndsWithSigmoid = EndsWith(json, "sigmoid"),
            Parameters = trial.Parameters.Sum(parameter => parameter.Shape.ElementCount),
            ElementsPerExample = trial.Graph.ElementCount / batch,
        };
    }

    private static BatchInput Described(BatchInput input) => input with { Shape = new TensorShape(input.Shape.Dimensions[1..]) };

    private static bool EndsWith(JsonElement json, string activation)
    {
        var last = json.GetProperty("layers").EnumerateArray().LastOrDefault();
        return Says("activation") || Says("kind");

        bool Says(string field) => last.ValueKind == JsonValueKind.Object && last.TryGetProperty(field, out var value) && value.ValueKind == JsonValueKind.String && value.ValueEquals(activation);
    }

    private static GraphValue Forward(NetworkBuilder net, JsonElement json, IReadOnlyDictionary<string, NetworkTable> tables)
    {
        var values = new Dictionary<string, GraphValue>();
        GraphValue? last = null;
        foreach (var item in List(json, "inputs"))
        {
            var fields = new SpecFields(item, "An input");
            var name = fields.Text("name");
            var type = fields.OptionalText("type") switch
            {
                null or "float32" => ElementType.Float32,
                "int64" => ElementType.Int64,
                var other => throw fields.Wrong($"'{name}' has the type '{other}'; there are float32 and int64"),
            };
            var shape = fields.Integers("shape");
            if (shape.Any(dimension => dimension < 1)) throw fields.Wrong($"'{name}' has a dimension below 1");
            last = net.Input(name, type, shape);
            fields.RefuseOthers();
            if (!values.TryAdd(name, last)) throw fields.Wrong($"has the name '{name}', which another has already");
        }

        var number = 0;
        foreach (var item in List(json, "layers"))
        {
            if (++number > MostLayers) throw new EdgeHostException(ErrorCode.InvalidArgument, $"The network has more than {MostLayers} layers.");
            var name = new SpecFields(item, $"Layer {number}").Text("name");
            var fields = new SpecFields(item, $"The layer '{name}'");
            if (values.ContainsKey(name)) throw fields.Wrong("has a name that an input or a layer before it has");
            GraphValue[] inputs = fields.Texts("inputs") is { } names ? [.. names.Select(input => Find(values, input, fields))] : last is null ? [] : [last];
            if (inputs.Length == 0) throw fields.Wrong("has no input");
            last = LayerSpec.Build(net, name, fields, inputs, input => Find(values, input, fields), tables);
            fields.RefuseOthers();
            values.Add(name, last);
        }

        return last ?? throw new EdgeHostException(ErrorCode.InvalidArgument, "The network has no layers.");
    }

    private static GraphValue Loss(NetworkBuilder net, GraphValue output, JsonElement json)
    {
        if (!json.TryGetProperty("loss", out var loss)) throw new EdgeHostException(ErrorCode.InvalidArgument, "The network has no 'loss'.");
        var fields = new SpecFields(loss, "The loss");
        var result = LossSpec.Build(net, fields, output);
        fields.RefuseOthers();
        return result;
    }

    private static JsonElement.ArrayEnumerator List(JsonElement json, string name)
        => json.ValueKind == JsonValueKind.Object && json.TryGetProperty(name, out var list) && list.ValueKind == JsonValueKind.Array
            ? list.EnumerateArray()
            : throw new EdgeHostException(ErrorCode.InvalidArgument, $"The network has no list '{name}'.");

    private static GraphValue Find(Dictionary<string, GraphValue> values, string name, SpecFields fields)
        => values.TryGetValue(name, out var value) ? value : throw fields.Wrong($"reads '{name}', which is no input and no layer before it; there are {string.Join(", ", values.Keys)}");
}
