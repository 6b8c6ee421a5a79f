using System.Diagnostics;
using EdgeHost.Benchmarks.Figures;
using EdgeHost.Benchmarks.Load;
using EdgeHost.Benchmarks.Transport.Cases;
using EdgeHost.Benchmarks.Transport.Contenders;
using EdgeHost.Benchmarks.Transport.Peers;
using TestPlugins.Transport;

namespace EdgeHost.Benchmarks.Transport.Streams;

/// <summary>
/// Small calls on a connection that another caller fills with 6 MiB frames: how much longer they take, in times that a bare socket takes for such a frame,
/// since a small call that meets one must wait for it.
/// </summary>
/// <param name="host">Serves ours.</param>
/// <param name="raw">Serves the bare socket.</param>
internal sealed class BehindLargeFrame(TransportHost host, PeerProcess raw)
{
    private const int LargeBytes = 6 * 1024 * 1024;
    private const int SmallBytes = 64;
    private const int Rounds = 8;
    private const double RoundSeconds = 0.5;

    public async Task<IReadOnlyList<Figure>> RunAsync(BenchmarkRun run, CancellationToken cancellationToken)
    {
        await using var client = await host.ConnectOverSocketAsync("behind", cancellationToken);
        await using var limit = new RawContender(raw);
        var large = new Exchange(LargeBytes);
        await limit.PrepareAsync(new TransportCase(large, 1));
        var (alone, behind, frame) = (new Samples(), new Samples(), new Samples());
        var small = new TakeRequest { Payload = new byte[SmallBytes] };
        var request = new TakeRequest { Payload = large.Payload };
        for (var round = 0; round < Rounds; round++)
        {
            await CallAsync(alone);
            await MeasureAsync(frame, () => limit.CallAsync(large));
            await using (ClosedLoad.Start(1, async (_, stop) => await client.CallAsync<TakeRequest, TakeResponse>("transport.take", request, options: null, stop), cancellationToken))
            {
                await CallAsync(behind);
            }
        }

        Console.WriteLine();
        Console.WriteLine($"| 64 B on a connection with 6 MiB frames | p50 µs | p99 µs | p99.9 µs |");
        Console.WriteLine("|---|---|---|---|");
        foreach (var (name, samples) in new[] { ("alone", alone), ("behind", behind), ("raw, a 6 MiB frame", frame) })
        {
            Console.WriteLine($"| {name} | {1000 * samples.Median:0.0} | {1000 * samples.Percentile(0.99):0.0} | {1000 * samples.Percentile(0.999):0.0} |");
        }

        return
        [
            new Figure("64 B behind 6 MiB frames on the same connection: p50 in raw times of such a frame", behind.Median / frame.Median),
            new Figure("the same, p99", behind.Percentile(0.99) / frame.Median),
            new Figure("64 B alone: p50 in raw times of a 6 MiB frame", alone.Median / frame.Median),
        ];

        Task CallAsync(Samples samples)
            => MeasureAsync(samples, async () => await client.CallAsync<TakeRequest, TakeResponse>("transport.take", small, options: null, cancellationToken));

        async Task MeasureAsync(Samples samples, Func<ValueTask> call)
        {
            var end = Stopwatch.GetTimestamp() + (long)(run.Seconds(RoundSeconds).TotalSeconds * Stopwatch.Frequency);
            var started = Stopwatch.GetTimestamp();
            while (started < end)
            {
                await call();
                var ended = Stopwatch.GetTimestamp();
                samples.Add(Stopwatch.GetElapsedTime(started, ended));
                started = ended;
            }
        }
    }
}
