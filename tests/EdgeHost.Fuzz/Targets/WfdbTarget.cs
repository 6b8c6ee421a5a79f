using System.Text;
using EdgeHost.Wfdb;

namespace EdgeHost.Fuzz.Targets;

/// <summary>
/// A WFDB record of one segment: its header, a zero byte, and the bytes that all of its signal files have. Whether a file is read in large pieces or frame by frame, the same samples and the same
/// error come of it, and each sample is finite or missing.
/// </summary>
internal sealed class WfdbTarget : IFuzzTarget
{
    public const string TargetName = "wfdb";

    private const int FramesAtOnce = 1000;

    private static readonly string[] Words =
    [
        "r 1 250 4\n", "r 2 360 8 10:00:00 01/03/2024\n", "r 1\n", "r 1 250 0\n", "r 1 360/1000(5) 9000000000000000000\n", "r/2 1 250 4\n", "a.dat 16\n", "a.dat 212 200(0)/mV 12 0 0 0 0 II\n", "b.dat 16+4 1/NU 0 0 0 1 0 PLETH\n",
        "80", "160", "24", "32", "61", "16x1:0+3", "1e-300/mV", "-200(-2147483648)/uV", "0", "~", "#", " ", "\n", "65535", "-32768", "8:00:00", "31/12/9999", "\0",
    ];

    public string Name => TargetName;

    public IReadOnlyList<byte[]> Tokens { get; } = [.. Words.Select(Encoding.UTF8.GetBytes), [0x00, 0x80], [0xff, 0x7f], [0x00, 0x00, 0x00, 0x80], [0x00, 0x08]];

    public ValueTask<IReadOnlyCollection<string>> RunAsync(byte[] input) => ValueTask.FromResult(ImportAttempt.Run(
        () =>
        {
            var parts = ImportAttempt.Split(input, 2);
            var header = WfdbHeader.Parse(Encoding.UTF8.GetString(parts[0].Span));
            var did = new HashSet<string> { $"{Behaviour.Of(header.Signals.Count)} signals, {(header.Start is null ? "no start" : "a start")}" };
            foreach (var name in header.FileNames) did.UnionWith(Read(header, name, parts[1]));
            return did;
        },
        ErrorCode.DataLoss));

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    private static IEnumerable<string> Read(WfdbHeader header, string file, ReadOnlyMemory<byte> bytes)
    {
        using var whole = new MemoryStream(bytes.ToArray(), writable: false);
        using var pieces = new PiecewiseStream(bytes, 1);
        var (samples, error) = Samples(header, file, whole, FramesAtOnce);
        var (again, same) = Samples(header, file, pieces, 1);
        if (!samples.SequenceEqual(again)) throw new FuzzException($"'{file}' has {samples.Count} samples at once and {again.Count} frame by frame, or others.");
        if (error?.Message != same?.Message) throw new FuzzException($"'{file}' ends with '{error?.Message}' at once and with '{same?.Message}' frame by frame.");
        if (samples.Any(float.IsInfinity)) throw new FuzzException($"'{file}' has an infinite sample.");
        if (samples.Count > 2 * bytes.Length) throw new FuzzException($"'{file}' has {samples.Count} samples in {bytes.Length} bytes.");
        if (error is not null) yield return Behaviour.Of(error);
        var signals = header.Signals.Where(signal => signal.FileName == file).ToList();
        foreach (var signal in signals) yield return $"{signal.Format} {signal.Content}";
        if (samples.Any(float.IsNaN)) yield return $"{signals[0].Format}, missing";
    }

    private static (List<float> Samples, EdgeHostException? Error) Samples(WfdbHeader header, string file, Stream stream, int framesAtOnce)
    {
        var samples = new List<float>();
        try
        {
            var reader = new WfdbSignalReader(header, file, stream);
            var frames = new float[framesAtOnce * reader.Signals.Count];
            while (reader.Read(frames) is > 0 and var count) samples.AddRange(frames.AsSpan(0, count * reader.Signals.Count));
            return (samples, null);
        }
        catch (EdgeHostException e)
        {
            return (samples, e);
        }
    }
}
