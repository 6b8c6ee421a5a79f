using System.Diagnostics;
using EdgeHost.Benchmarks.Figures;
using EdgeHost.Benchmarks.Transport.Measuring;
using EdgeHost.Benchmarks.Transport.Peers;

namespace EdgeHost.Benchmarks.Transport.Streams;

/// <summary>
/// Fifty clients that each send 20 ms of 16 kHz audio as it comes, and get it back: from when a chunk was due until it is there again, which is more than its
/// delivery. Against the same over bare sockets with a thread each.
/// </summary>
/// <param name="host">Serves ours.</param>
/// <param name="raw">Serves the bare sockets.</param>
internal sealed class AudioChunks(TransportHost host, PeerProcess raw)
{
    private const int Clients = 50;
    private const int ChunkBytes = 640;
    private const int Rounds = 3;
    private const double RoundSeconds = 4;
    private const int MostLatencies = 1_000_000;
    private const double MostMilliseconds = 5;
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(20);
    private static readonly TimeSpan MostLate = TimeSpan.FromSeconds(20);

    public async Task<IReadOnlyList<Figure>> RunAsync(BenchmarkRun run, CancellationToken cancellationToken)
    {
        var (ours, limit) = (new LatencyRecorder(MostLatencies), new LatencyRecorder(MostLatencies));
        for (var round = 0; round < Rounds; round++)
        {
            await RunAsync(run, limit, _ => Task.FromResult<ChunkLink>(new RawChunkLink(raw.Path, ChunkBytes, limit)));
            await RunAsync(run, ours, async i => await OursChunkLink.OpenAsync(await host.ConnectAsync($"audio-{i}", cancellationToken), ChunkBytes, ours));
        }

        var (through, bare) = (ours.ToSamples(), limit.ToSamples());
        Console.WriteLine();
        Console.WriteLine($"| {Clients} streams of 20 ms chunks, there and back | chunks | p50 ms | p99 ms | p99.9 ms |");
        Console.WriteLine("|---|---|---|---|---|");
        foreach (var (name, samples) in new[] { ("raw", bare), ("ours, duplex", through) })
        {
            Console.WriteLine($"| {name} | {samples.Count} | {samples.Median:0.000} | {samples.Percentile(0.99):0.000} | {samples.Percentile(0.999):0.000} |");
        }

        return [new Figure($"{Clients} streams of 20 ms chunks, there and back: p99 less raw's", through.Percentile(0.99) - bare.Percentile(0.99), "ms", Bound.AtMost(MostMilliseconds))];
    }

    private static async Task RunAsync(BenchmarkRun run, LatencyRecorder recorder, Func<int, Task<ChunkLink>> connect)
    {
        var links = new List<ChunkLink>();
        try
        {
            for (var i = 0; i < Clients; i++) links.Add(await connect(i));
            var before = recorder.Count;
            var length = run.Seconds(RoundSeconds);
            await new ChunkPacer(links, Interval).RunAsync(length);
            var started = Stopwatch.GetTimestamp();
            while (links.Any(static link => link.UnderWay > 0) && Stopwatch.GetElapsedTime(started) < MostLate) await Task.Delay(Interval);
            var expected = (long)(length / Interval) * Clients;
            if (recorder.Count - before != expected) throw new InvalidOperationException($"{recorder.Count - before} chunks of {expected} came back.");
        }
        finally
        {
            foreach (var link in links) await link.DisposeAsync();
        }
    }
}
