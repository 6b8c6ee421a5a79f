using EdgeHost.Wfdb;

namespace EdgeHost.Fuzz.Targets;

/// <summary>Annotations of a WFDB record: the same whether they come at once or byte by byte, in bounds, and no more than there are words.</summary>
internal sealed class WfdbAnnotationTarget : IFuzzTarget
{
    public const string TargetName = "wfdb-annotations";

    private const int MostAnnotations = 100;

    public string Name => TargetName;

    // N, V and a rhythm's change; a skip, forward and back; NUM, SUB, CHN; a text; the end.
    public IReadOnlyList<byte[]> Tokens { get; } =
    [
        [0x12, 0x04], [0x05, 0x14], [0x00, 0x70], [0x00, 0xec, 0x01, 0x00, 0x70, 0x11], [0x00, 0xec, 0xff, 0xff, 0x00, 0x00], [0x00, 0xec, 0xff, 0x7f, 0xff, 0xff], [0x01, 0xf0], [0x01, 0xf4], [0x01, 0xf8],
        [0x03, 0xfc, 0x28, 0x4e, 0x00, 0x00], [0xff, 0xff], [0x00, 0x00],
    ];

    public ValueTask<IReadOnlyCollection<string>> RunAsync(byte[] input) => ValueTask.FromResult(ImportAttempt.Run(
        () =>
        {
            var (annotations, error) = Read(new MemoryStream(input, writable: false));
            var (again, same) = Read(new PiecewiseStream(input, 1));
            if (!annotations.SequenceEqual(again) || error?.Message != same?.Message) throw new FuzzException("The annotations are others when they come byte by byte.");
            if (error is not null) throw error;
            if (annotations.Count > Math.Min(MostAnnotations, input.Length / 2)) throw new FuzzException($"There are {annotations.Count} annotations in {input.Length} bytes.");
            if (annotations.FirstOrDefault(static one => one.Sample < 0 || one.Symbol.Length != 1) is { } wrong) throw new FuzzException($"There is an annotation {wrong}.");
            return [.. annotations.Select(static one => $"{one.Symbol} {(one.Text is null ? "bare" : "with a text")}"), $"{Behaviour.Of(annotations.Count)} annotations"];
        },
        ErrorCode.DataLoss));

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    private static (IReadOnlyList<WfdbAnnotation> Annotations, EdgeHostException? Error) Read(Stream stream)
    {
        using (stream)
        {
            try
            {
                return (WfdbAnnotationReader.Read(stream, MostAnnotations), null);
            }
            catch (EdgeHostException e)
            {
                return ([], e);
            }
        }
    }
}
