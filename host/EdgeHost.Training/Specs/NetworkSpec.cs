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

    /// <summary>Makes a network of a specification. Everything is checked at once, with a batch of two examples.</summary>
    /// <param name="json">The object. Not needed any more afterwards.</param>
    /// <exception cref="EdgeHostException">
    /// <see cref="ErrorCode.InvalidArgument"/>: an unknown layer, input, loss or field, a missing one, or shapes that do not fit; names the
    /// layer and both shapes.
    /// </exception>
    public static Network ToNetwork(JsonElement json)
    {
        var copy = json.Clone();
        var network = new Network(net => Forward(net, copy), (net, output) => Loss(net, output, copy));
        var trial = new NetworkBuilder(NetworkMode.Evaluate, 2);
        network.Loss(trial, network.Forward(trial));
        return network;
    }

    private static GraphValue Forward(NetworkBuilder net, JsonElement json)
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
            last = LayerSpec.Build(net, name, fields, inputs, input => Find(values, input, fields));
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
