using System.Globalization;
using System.Text;
using System.Text.Json;
using EdgeHost.ModelImport.Values;

namespace EdgeHost.ModelImport.TensorFlowJs;

/// <summary>Reads the topology, a JSON document. Whatever it is given, it ends with a model or with a problem that says what is wrong.</summary>
internal static class TfjsModelReader
{
    private const int MostDepth = 64;

    /// <summary>Reads a topology.</summary>
    /// <param name="utf8">The content of <c>model.json</c>.</param>
    /// <param name="options">The limits.</param>
    public static TfjsModel Read(ReadOnlyMemory<byte> utf8, ModelImportOptions options)
    {
        try
        {
            using var document = JsonDocument.Parse(utf8, new JsonDocumentOptions { MaxDepth = MostDepth });
            return Read(document.RootElement, options);
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException or KeyNotFoundException or FormatException or OverflowException)
        {
            // Every field is asked for as what it should be; what it is instead, the message of the reader says.
            throw new EdgeHostException(ErrorCode.InvalidArgument, $"The model cannot be imported: its topology is no TensorFlow.js graph model ({e.Message}).", e);
        }
    }

    private static TfjsModel Read(JsonElement root, ModelImportOptions options)
    {
        var topology = root.GetProperty("modelTopology");
        if (!topology.TryGetProperty("node", out var list))
        {
            throw topology.TryGetProperty("model_config", out _)
                ? ImportProblem.Unknown("it is a Keras layers model; only graph models are read (convert it with tensorflowjs_converter --output_format=tfjs_graph_model)")
                : ImportProblem.Damaged("its topology has no nodes");
        }

        if (list.GetArrayLength() > options.MaxOperators) throw ImportProblem.TooLarge($"it has {list.GetArrayLength()} operators, more than {options.MaxOperators}", nameof(options.MaxOperators));
        var order = list.EnumerateArray().Select(ReadNode).ToList();
        var nodes = new Dictionary<string, TfjsNode>(StringComparer.Ordinal);
        foreach (var node in order)
        {
            if (!nodes.TryAdd(node.Name, node)) throw ImportProblem.Damaged($"the node '{ImportProblem.Name(node.Name)}' is there twice");
        }

        var signature = SignatureOf(root);
        return new TfjsModel
        {
            Order = order,
            Nodes = nodes,
            Outputs = OutputsOf(signature, order),
            InputShapes = InputShapesOf(signature),
            Weights = [.. root.GetProperty("weightsManifest").EnumerateArray().Select(ReadGroup)],
        };
    }

    private static TfjsNode ReadNode(JsonElement element)
    {
        var inputs = element.TryGetProperty("input", out var list) ? list.EnumerateArray().Select(TextOf).Where(text => !text.StartsWith('^')).Select(TfjsInput.Parse).ToList() : [];
        var attributes = new Dictionary<string, TfjsAttribute>(StringComparer.Ordinal);
        if (element.TryGetProperty("attr", out var given))
        {
            foreach (var attribute in given.EnumerateObject()) attributes[attribute.Name] = ReadAttribute(attribute.Value);
        }

        return new TfjsNode(TextOf(element.GetProperty("name")), TextOf(element.GetProperty("op")), inputs, attributes);
    }

    private static TfjsAttribute ReadAttribute(JsonElement element)
    {
        var list = element.TryGetProperty("list", out var found) ? found : default;
        return new TfjsAttribute
        {
            Integer = element.TryGetProperty("i", out var integer) ? IntegerOf(integer) : null,
            Number = element.TryGetProperty("f", out var number) ? NumberOf(number) : null,
            Flag = element.TryGetProperty("b", out var flag) ? flag.GetBoolean() : null,
            Text = element.TryGetProperty("s", out var text) ? Decode(text) : null,
            Type = element.TryGetProperty("type", out var type) ? TypeOf(type) : null,
            Shape = element.TryGetProperty("shape", out var shape) ? ShapeOf(shape) : null,
            Integers = list.ValueKind == JsonValueKind.Object && list.TryGetProperty("i", out var integers) ? [.. integers.EnumerateArray().Select(IntegerOf)] : [],
            Texts = list.ValueKind == JsonValueKind.Object && list.TryGetProperty("s", out var texts) ? [.. texts.EnumerateArray().Select(Decode)] : [],
        };
    }

    private static JsonElement? SignatureOf(JsonElement root)
    {
        if (root.TryGetProperty("signature", out var signature) && signature.ValueKind == JsonValueKind.Object) return signature;
        return root.TryGetProperty("userDefinedMetadata", out var metadata) && metadata.ValueKind == JsonValueKind.Object
            && metadata.TryGetProperty("signature", out signature) && signature.ValueKind == JsonValueKind.Object ? signature : null;
    }

    private static List<TfjsInput> OutputsOf(JsonElement? signature, List<TfjsNode> nodes)
    {
        if (signature is { } given && given.TryGetProperty("outputs", out var outputs))
        {
            var named = outputs.EnumerateObject().Select(output => TfjsInput.Parse(output.Value.TryGetProperty("name", out var name) ? TextOf(name) : output.Name)).Distinct().ToList();
            if (named.Count > 0) return named;
        }

        var read = nodes.SelectMany(node => node.Inputs).Select(input => input.Node).ToHashSet(StringComparer.Ordinal);
        return [.. nodes.Where(node => !read.Contains(node.Name)).Select(node => new TfjsInput(node.Name, 0))];
    }

    private static Dictionary<string, TensorShape> InputShapesOf(JsonElement? signature)
    {
        var shapes = new Dictionary<string, TensorShape>(StringComparer.Ordinal);
        if (signature is not { } given || !given.TryGetProperty("inputs", out var inputs)) return shapes;
        foreach (var input in inputs.EnumerateObject())
        {
            var name = TfjsInput.Parse(input.Value.TryGetProperty("name", out var text) ? TextOf(text) : input.Name).Node;
            if (input.Value.TryGetProperty("tensorShape", out var shape) && ShapeOf(shape) is { } known) shapes[name] = known;
        }

        return shapes;
    }

    private static TfjsWeightGroup ReadGroup(JsonElement element)
        => new([.. element.GetProperty("paths").EnumerateArray().Select(TextOf)], [.. element.GetProperty("weights").EnumerateArray().Select(ReadWeight)]);

    private static TfjsWeight ReadWeight(JsonElement element)
    {
        var name = TextOf(element.GetProperty("name"));
        var shape = ShapeReader.Read([.. element.GetProperty("shape").EnumerateArray().Select(IntegerOf)], $"the weight '{ImportProblem.Name(name)}'");
        var type = WeightTypeOf(TextOf(element.GetProperty("dtype")), name);
        if (!element.TryGetProperty("quantization", out var quantised)) return new TfjsWeight(name, shape, type, type, 1, 0);
        var stored = WeightTypeOf(TextOf(quantised.GetProperty("dtype")), name);
        if (stored == ElementType.Float16) return new TfjsWeight(name, shape, type, stored, 1, 0);
        if (stored is not (ElementType.UInt8 or ElementType.UInt16)) throw ImportProblem.Unknown($"the weight '{ImportProblem.Name(name)}' is quantised to {stored}");
        return new TfjsWeight(name, shape, type, stored, NumberOf(quantised.GetProperty("scale")), NumberOf(quantised.GetProperty("min")));
    }

    private static ElementType WeightTypeOf(string text, string name) => text switch
    {
        "float32" => ElementType.Float32,
        "float16" => ElementType.Float16,
        "int32" => ElementType.Int32,
        "bool" => ElementType.Bool,
        "uint8" => ElementType.UInt8,
        "uint16" => ElementType.UInt16,
        _ => throw ImportProblem.Unknown($"the weight '{ImportProblem.Name(name)}' is of the type '{ImportProblem.Name(text)}'"),
    };

    // 64-bit whole numbers are kept as 32-bit ones, as TensorFlow.js itself does.
    private static ElementType? TypeOf(JsonElement element)
    {
        var text = element.ValueKind == JsonValueKind.String ? element.GetString() : element.GetInt32().ToString(CultureInfo.InvariantCulture);
        return text switch
        {
            "DT_FLOAT" or "1" => ElementType.Float32,
            "DT_INT32" or "3" or "DT_INT64" or "9" => ElementType.Int32,
            "DT_UINT8" or "4" => ElementType.UInt8,
            "DT_BOOL" or "10" => ElementType.Bool,
            _ => null,
        };
    }

    private static TensorShape? ShapeOf(JsonElement element)
    {
        if (element.TryGetProperty("unknownRank", out var unknown) && unknown.ValueKind == JsonValueKind.True) return null;
        if (!element.TryGetProperty("dim", out var dimensions)) return new TensorShape();
        long[] sizes = [.. dimensions.EnumerateArray().Select(dimension => dimension.TryGetProperty("size", out var size) ? IntegerOf(size) : 0)];
        return ShapeReader.Read(sizes, "an attribute", mayBeOpen: true);
    }

    private static long IntegerOf(JsonElement element)
        => element.ValueKind == JsonValueKind.String ? long.Parse(element.GetString()!, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture) : element.GetInt64();

    private static double NumberOf(JsonElement element)
        => element.ValueKind == JsonValueKind.String ? double.Parse(element.GetString()!, NumberStyles.Float, CultureInfo.InvariantCulture) : element.GetDouble();

    private static string TextOf(JsonElement element) => element.GetString() ?? throw new FormatException("a text is missing");

    private static string Decode(JsonElement element) => Encoding.UTF8.GetString(Convert.FromBase64String(TextOf(element)));
}
