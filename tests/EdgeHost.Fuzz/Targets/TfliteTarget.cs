using EdgeHost.ModelImport;
using EdgeHost.ModelImport.TensorFlowLite;

namespace EdgeHost.Fuzz.Targets;

/// <summary>The import of TensorFlow Lite files.</summary>
internal sealed class TfliteTarget : IFuzzTarget
{
    public const string TargetName = "import-tflite";

    private static readonly ModelImportOptions Limits = new() { MaxConstantBytes = 1 << 20, MaxOperators = 200 };

    public string Name => TargetName;

    // Counts, offsets and dimensions, small, at the edge and absurd.
    public IReadOnlyList<byte[]> Tokens { get; } =
    [
        .. new[] { 0, 1, 2, 3, 4, 8, 16, 127, 255, 65_536, int.MaxValue, int.MinValue, -1, -2 }.Select(BitConverter.GetBytes), "TFL3"u8.ToArray(), [0, 0], [4, 0], [6, 0], [8, 0],
    ];

    public ValueTask<IReadOnlyCollection<string>> RunAsync(byte[] input) => ValueTask.FromResult(ImportAttempt.Run(() =>
    {
        var graph = TfliteConverter.Convert(input, Limits, CancellationToken.None);
        return [.. graph.Graph!.Nodes.Select(static node => node.Operator)];
    }));

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;
}
