using System.Diagnostics;
using EdgeHost.Benchmarks.Figures;
using EdgeHost.Benchmarks.Hosts;
using EdgeHost.Benchmarks.Load;
using EdgeHost.TestKit;
using TestPlugins.ModelRunner;

namespace EdgeHost.Benchmarks.Batching;

/// <summary>
/// What joining steps gains where a model gains from it: 32 apps that each decode, one step after the other, on a model whose manifest allows batches and on
/// the same model without. The weights are read once a run, so that a run of eight rows costs little more than one of a single row.
/// </summary>
internal sealed class BatchingBenchmark : IBenchmark
{
    private const int Clients = 32;
    private const int StepsACall = 8;
    private const int MaxBatch = 8;
    private const int Rounds = 4;
    private const int Width = 1024;
    private const int Layers = 8;

    public string Name => "batching";

    public async Task<IReadOnlyList<Figure>> RunAsync(BenchmarkRun run, CancellationToken cancellationToken)
    {
        using var folder = new TempFolder();
        var graph = BenchmarkModel.Create("decoder", folder.Path, GeneratedGraphs.Chain(Width, Layers, seed: 1));
        await using var without = await Side.StartAsync(graph, cancellationToken);
        await using var with = await Side.StartAsync(graph with { MaxBatch = MaxBatch }, cancellationToken);
        for (var round = 0; round < Rounds; round++)
        {
            foreach (var side in round % 2 == 0 ? (Side[])[without, with] : [with, without]) await side.MeasureAsync(run.Seconds(8), cancellationToken);
        }

        Console.WriteLine($"{Clients} clients, calls of {StepsACall} steps, weights of {graph.Bytes / 1e6:F0} MB, {Rounds} rounds each");
        without.Print("without");
        with.Print("with");
        return
        [
            new Figure($"throughput with batching over without, {Clients} clients", with.StepsASecond / without.StepsASecond, Must: Bound.AtLeast(1.5)),
            new Figure("p99 of a call with batching over without", with.Calls.Percentile(0.99) / without.Calls.Percentile(0.99), Must: Bound.AtMost(1)),
            new Figure("largest batch", with.LargestBatch),
        ];
    }

    /// <summary>One host with what was measured on it.</summary>
    private sealed class Side : IAsyncDisposable
    {
        private static readonly RunRequest Request = new() { Model = "decoder", Steps = StepsACall };

        private readonly Lock _gate = new();
        private readonly ModelHost _host;
        private readonly List<ModelClient> _clients = [];
        private TimeSpan _time;
        private long _steps;

        private Side(ModelHost host) => _host = host;

        public Samples Calls { get; } = new();

        public int LargestBatch { get; private set; }

        public double StepsASecond => _steps / _time.TotalSeconds;

        public static async Task<Side> StartAsync(BenchmarkModel model, CancellationToken cancellationToken)
        {
            var side = new Side(await ModelHost.StartAsync(new ModelHostOptions { Models = [model] }, cancellationToken));
            try
            {
                for (var i = 0; i < Clients; i++) side._clients.Add(await side._host.ConnectAsync($"client-{i}", cancellationToken));
                await ClosedLoad.RunAsync(Clients, (i, token) => side._clients[i].RunAsync(Request, CallPriority.Normal, token), TimeSpan.FromSeconds(2), cancellationToken);
                return side;
            }
            catch
            {
                await side.DisposeAsync();
                throw;
            }
        }

        public async Task MeasureAsync(TimeSpan duration, CancellationToken cancellationToken)
        {
            var started = Stopwatch.GetTimestamp();
            var ended = started + (long)(duration.TotalSeconds * Stopwatch.Frequency);
            var steps = 0L;
            await ClosedLoad.RunAsync(
                Clients,
                async (i, token) =>
                {
                    var began = Stopwatch.GetTimestamp();
                    await _clients[i].RunAsync(Request, CallPriority.Normal, token);
                    var now = Stopwatch.GetTimestamp();
                    if (now > ended) return;
                    Interlocked.Add(ref steps, StepsACall);
                    lock (_gate) Calls.Add(Stopwatch.GetElapsedTime(began, now));
                },
                duration,
                cancellationToken);
            _steps += steps;
            _time += duration;
            LargestBatch = Math.Max(LargestBatch, await LargestBatchAsync(cancellationToken));
        }

        public void Print(string title)
            => Console.WriteLine($"{title,-8} {StepsASecond,7:F0} steps a second   call p50 {Calls.Median,7:F1} ms   p99 {Calls.Percentile(0.99),7:F1} ms   {Calls.Count} calls");

        public async ValueTask DisposeAsync()
        {
            foreach (var client in _clients) await client.DisposeAsync();
            await _host.DisposeAsync();
        }

        // Asked of a few calls only: explaining costs, and it would cost both sides differently.
        private async Task<int> LargestBatchAsync(CancellationToken cancellationToken)
            => (await Task.WhenAll(_clients.Select(client => client.ExplainAsync(Request, cancellationToken)))).Max(answer => answer.Info.Batch);
    }
}
