using System.Text;
using EdgeHost.ModelImport;
using EdgeHost.ModelImport.TensorFlowJs;

namespace EdgeHost.Fuzz.Targets;

/// <summary>The import of TensorFlow.js graph models: a topology, a zero byte, and the weights, all in the file <c>w</c>.</summary>
internal sealed class TfjsTarget : IFuzzTarget
{
    public const string TargetName = "import-tfjs";

    private static readonly ModelImportOptions Limits = new() { MaxConstantBytes = 1 << 20, MaxOperators = 200 };
    private static readonly Dictionary<string, string> NoMeans = [];

    private static readonly string[] Words =
    [
        "{", "}", "[", "]", ",", "\"", ":", "{}", "[]", "null", "-1", "0", "2147483647", "4294967296", "9223372036854775807", "1e308", "\"1\"",
        "\"name\":\"a\"", "\"op\":\"Relu\"", "\"op\":\"Const\"", "\"op\":\"Conv2D\"", "\"op\":\"Reshape\"", "\"op\":\"Fill\"", "\"op\":\"Range\"", "\"op\":\"Pack\"", "\"op\":\"ConcatV2\"",
        "\"op\":\"StridedSlice\"", "\"op\":\"GatherV2\"", "\"op\":\"Transpose\"", "\"op\":\"Pad\"", "\"op\":\"SplitV\"", "\"op\":\"DepthToSpace\"", "\"op\":\"TopKV2\"", "\"op\":\"Mystery\"",
        "\"input\":[\"a\",\"b\"]", "\"attr\":{\"axis\":{\"i\":\"-1\"}}", "{\"shape\":{\"dim\":[{\"size\":\"-1\"}]}}", "{\"list\":{\"i\":[\"1\",\"2\",\"2\",\"1\"]}}", "{\"type\":\"DT_FLOAT\"}", "{\"type\":\"DT_INT32\"}",
        "\"quantization\":{\"dtype\":\"uint8\",\"scale\":0.5,\"min\":-1}", "\"dtype\":\"int32\"", "\"dtype\":\"float32\"", "\"shape\":[2147483647,2147483647]", "\"paths\":[\"w\",\"w\"]", "\"paths\":[\"gone\"]",
    ];

    public string Name => TargetName;

    public IReadOnlyList<byte[]> Tokens { get; } = [.. Words.Select(Encoding.UTF8.GetBytes), [ImportAttempt.Separator]];

    public ValueTask<IReadOnlyCollection<string>> RunAsync(byte[] input) => ValueTask.FromResult(ImportAttempt.Run(() =>
    {
        var parts = ImportAttempt.Split(input, 2);
        var graph = TfjsConverter.Convert(parts[0], new Dictionary<string, ReadOnlyMemory<byte>> { ["w"] = parts[1] }, NoMeans, Limits, CancellationToken.None);
        return [.. graph.Graph!.Nodes.Select(static node => node.Operator)];
    }));

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;
}
