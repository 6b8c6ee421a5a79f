using System.Buffers.Binary;
using System.Text.Json.Nodes;
using System.Text;
using EdgeHost.ModelImport.TensorFlowJs;
using EdgeHost.ModelStore.Manifests;
using EdgeHost.ModelTools;

namespace EdgeHost.ModelImport.Tests;

/// <summary>Writes small TensorFlow.js graph models. Not thread-safe.</summary>
internal sealed class SampleTfjs
{
    public const string WeightsFile = "model.bin";

    private readonly MemoryStream _weights = new();
    private readonly JsonArray _entries = [];

    public JsonArray Nodes { get; } = [];

    public JsonObject Root { get; private set; } = [];

    public SampleTfjs Input(string name, string type, params long[] shape)
        => Node("Placeholder", name, [], ("dtype", Type(type)), ("shape", new JsonObject { ["shape"] = Dimensions(shape) }));

    public SampleTfjs Weight(string name, float[] values, params long[] shape)
    {
        foreach (var value in values) Append(4, value, BinaryPrimitives.WriteSingleLittleEndian);
        return Entry(name, "float32", shape, null);
    }

    public SampleTfjs Whole(string name, int[] values, params long[] shape)
    {
        foreach (var value in values) Append(4, value, BinaryPrimitives.WriteInt32LittleEndian);
        return Entry(name, "int32", shape, null);
    }

    public SampleTfjs Half(string name, float[] values, params long[] shape)
    {
        foreach (var value in values) Append(2, (Half)value, BinaryPrimitives.WriteHalfLittleEndian);
        return Entry(name, "float32", shape, new JsonObject { ["dtype"] = "float16" });
    }

    public SampleTfjs Bytes(string name, byte[] values, double scale, double minimum, params long[] shape)
    {
        _weights.Write(values);
        return Entry(name, "float32", shape, new JsonObject { ["dtype"] = "uint8", ["scale"] = scale, ["min"] = minimum });
    }

    public SampleTfjs Words(string name, ushort[] values, double scale, double minimum, params long[] shape)
    {
        foreach (var value in values) Append(2, value, BinaryPrimitives.WriteUInt16LittleEndian);
        return Entry(name, "float32", shape, new JsonObject { ["dtype"] = "uint16", ["scale"] = scale, ["min"] = minimum });
    }

    public SampleTfjs Node(string operation, string name, string[] inputs, params (string Name, JsonNode Value)[] attributes)
    {
        var attr = new JsonObject();
        foreach (var (key, value) in attributes) attr[key] = value;
        Nodes.Add(new JsonObject { ["name"] = name, ["op"] = operation, ["input"] = new JsonArray([.. inputs.Select(input => JsonValue.Create(input))]), ["attr"] = attr });
        return this;
    }

    public static JsonNode Type(string type) => new JsonObject { ["type"] = type };

    public static JsonNode Integer(long value) => new JsonObject { ["i"] = value.ToString(System.Globalization.CultureInfo.InvariantCulture) };

    public static JsonNode Flag(bool value) => new JsonObject { ["b"] = value };

    public static JsonNode Text(string value) => new JsonObject { ["s"] = Base64(value) };

    public static JsonNode Texts(params string[] values) => new JsonObject { ["list"] = new JsonObject { ["s"] = new JsonArray([.. values.Select(value => JsonValue.Create(Base64(value)))]) } };

    public static JsonNode List(params long[] values)
        => new JsonObject { ["list"] = new JsonObject { ["i"] = new JsonArray([.. values.Select(value => JsonValue.Create(value.ToString(System.Globalization.CultureInfo.InvariantCulture)))]) } };

    /// <summary>The topology and the weights, before something is changed in them.</summary>
    public (byte[] Topology, byte[] Weights) ToFiles(Action<JsonObject>? change = null)
    {
        Root = new JsonObject
        {
            ["format"] = "graph-model",
            ["modelTopology"] = new JsonObject { ["node"] = Nodes.DeepClone() },
            ["weightsManifest"] = new JsonArray(new JsonObject { ["paths"] = new JsonArray(WeightsFile), ["weights"] = _entries.DeepClone() }),
        };
        change?.Invoke(Root);
        return (Encoding.UTF8.GetBytes(Root.ToJsonString()), _weights.ToArray());
    }

    public ModelProto Convert(ModelImportOptions? options = null, Action<JsonObject>? change = null, params IReadOnlyList<ImportedMean> means)
    {
        var (topology, weights) = ToFiles(change);
        return Convert(topology, weights, options, means);
    }

    public static ModelProto Convert(byte[] topology, byte[] weights, ModelImportOptions? options = null, IReadOnlyList<ImportedMean>? means = null)
        => TfjsConverter.Convert(topology, new Dictionary<string, ReadOnlyMemory<byte>> { [WeightsFile] = weights }, means ?? [], options ?? new ModelImportOptions(), default);

    private delegate void Writer<T>(Span<byte> target, T value);

    private static string Base64(string value) => System.Convert.ToBase64String(Encoding.UTF8.GetBytes(value));

    private static JsonObject Dimensions(long[] shape)
        => new() { ["dim"] = new JsonArray([.. shape.Select(size => new JsonObject { ["size"] = size.ToString(System.Globalization.CultureInfo.InvariantCulture) })]) };

    private void Append<T>(int size, T value, Writer<T> write)
    {
        Span<byte> buffer = stackalloc byte[size];
        write(buffer, value);
        _weights.Write(buffer);
    }

    private SampleTfjs Entry(string name, string type, long[] shape, JsonObject? quantisation)
    {
        var entry = new JsonObject { ["name"] = name, ["shape"] = new JsonArray([.. shape.Select(size => JsonValue.Create(size))]), ["dtype"] = type };
        if (quantisation is not null) entry["quantization"] = quantisation;
        _entries.Add(entry);
        return Node("Const", name, []);
    }
}
