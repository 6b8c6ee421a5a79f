using System.Text;
using EdgeHost.Wfdb;

namespace EdgeHost.Fuzz.Targets;

/// <summary>
/// A WFDB record of several segments: its header, the headers of the segments <c>a</c> and <c>b</c>, and the bytes that all signal files have, with a zero byte between. It is the same whether it is
/// read at once or frame by frame, no longer than its header says, and leaves no file open.
/// </summary>
internal sealed class WfdbSegmentTarget : IFuzzTarget
{
    public const string TargetName = "wfdb-segments";

    private const int FramesAtOnce = 1000;
    private const int MostFrames = 10_000;

    private static readonly string[] Words =
    [
        "m/2 1 250\n", "m/3 2 360 7\n", "m/10000 1\n", "m 1 250\n", "a 2\n", "b 2\n", "a 0\n", "~ 3\n", "~ 9999\n", "~ 461168601842738\n", "c 1\n", "m 1\n", "a 1 250 2\n", "b 2 250 2\n", "a/1 1 250\n",
        "a.dat 16 1/mV 12 0 0 3 0 II\n", "b.dat 80 1/NU 8 0 0 3 0 PLETH\n", "~ 0 1/mV 8 0 0 0 0 II\n", "~ 0\n", "a.dat 212\n", "\n", " ", "\0",
    ];

    public string Name => TargetName;

    public IReadOnlyList<byte[]> Tokens { get; } = [.. Words.Select(Encoding.UTF8.GetBytes), [0x01, 0x00, 0x02, 0x00], [0x00, 0x80]];

    public ValueTask<IReadOnlyCollection<string>> RunAsync(byte[] input) => ValueTask.FromResult(ImportAttempt.Run(
        () =>
        {
            var parts = ImportAttempt.Split(input, 4);
            var streams = new List<Stream>();
            var (samples, header, error) = Read(parts, FramesAtOnce, streams, isPiecewise: false);
            var (again, _, same) = Read(parts, 1, streams, isPiecewise: true);
            if (streams.Exists(static stream => stream.CanRead)) throw new FuzzException("A file of the record stays open.");
            if (!samples.SequenceEqual(again)) throw new FuzzException($"The record has {samples.Count} samples at once and {again.Count} frame by frame, or others.");
            if (error?.Message != same?.Message) throw new FuzzException($"The record ends with '{error?.Message}' at once and with '{same?.Message}' frame by frame.");
            if (samples.Any(float.IsInfinity)) throw new FuzzException("The record has an infinite sample.");
            if (error is not null) throw error;
            var frames = header!.Signals.Count == 0 ? 0 : samples.Count / header.Signals.Count;
            if (header.Signals.Count > 0 && frames != (header.SampleCount ?? frames)) throw new FuzzException($"The record has {frames} frames of {header.SampleCount}.");
            return [$"{Behaviour.Of(header.Signals.Count)} signals", $"{header.Signals.Count(static signal => signal.IsNull)} null", samples.Any(float.IsNaN) ? "with gaps" : "whole"];
        },
        ErrorCode.DataLoss));

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    private static (List<float> Samples, WfdbHeader? Header, EdgeHostException? Error) Read(ReadOnlyMemory<byte>[] parts, int framesAtOnce, List<Stream> streams, bool isPiecewise)
    {
        var samples = new List<float>();
        Stream? Open(string name)
        {
            ReadOnlyMemory<byte>? bytes = name switch { "a.hea" => parts[1], "b.hea" => parts[2], _ => name.EndsWith(".dat", StringComparison.Ordinal) ? parts[3] : null };
            if (bytes is not { } known) return null;
            streams.Add(isPiecewise ? new PiecewiseStream(known, 1) : new MemoryStream(known.ToArray(), writable: false));
            return streams[^1];
        }

        try
        {
            using var reader = WfdbRecordReader.Open(Encoding.UTF8.GetString(parts[0].Span), Open, MostFrames);
            var frames = new float[framesAtOnce * Math.Max(1, reader.Header.Signals.Count)];
            while (reader.Read(frames) is > 0 and var count) samples.AddRange(frames.AsSpan(0, count * reader.Header.Signals.Count));
            return (samples, reader.Header, null);
        }
        catch (EdgeHostException e)
        {
            return (samples, null, e);
        }
    }
}
