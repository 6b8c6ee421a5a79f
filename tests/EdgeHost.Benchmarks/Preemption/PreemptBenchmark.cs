using System.Diagnostics;
using EdgeHost.Benchmarks.Figures;
using EdgeHost.Benchmarks.Hosts;
using EdgeHost.Benchmarks.Load;
using TestPlugins.ModelRunner;

namespace EdgeHost.Benchmarks.Preemption;

/// <summary>
/// What a person waits while background work saturates the device: interactive calls of one short step, alone and beside callers that always have a long
/// step waiting. The same against a host that stops background steps where ours lets an
/// interactive one run beside them, and against one that serves first in, first out. The conditions take turns, so that a slow phase of the machine meets all.
/// </summary>
internal sealed class PreemptBenchmark : IBenchmark
{
    private const int Rounds = 20;
    private const int BackgroundCallers = 3;
    private const int Calls = 600;
    private const double InteractiveShare = 0.05;
    private const double MostRatio = 1.5;

    // Runs about thirty times as long as the interactive step, in many nodes.
    private static readonly RunRequest Long = new()
    {
        Model = "ocr-det",
        Inputs = [new RunInput { Name = "x", Shape = [1, 3, 640, 640] }],
    };

    private static readonly RunRequest Short = new() { Model = "face-back", OnCallingThread = true };

    public string Name => "preempt";

    public async Task<IReadOnlyList<Figure>> RunAsync(BenchmarkRun run, CancellationToken cancellationToken)
    {
        BenchmarkModel[] models = [await StoredModels.GetAsync("ocr-det", cancellationToken), await StoredModels.GetAsync("face-back", cancellationToken)];
        await using var ours = await Side.StartAsync(models, HostSettings.Default, cancellationToken);
        await using var stopping = await Side.StartAsync(models, HostSettings.WithoutExtraRuns, cancellationToken);
        await using var fifo = await Side.StartAsync(models, HostSettings.FirstInFirstOut, cancellationToken);
        await ours.WarmUpAsync(cancellationToken);
        await stopping.WarmUpAsync(cancellationToken);
        await fifo.WarmUpAsync(cancellationToken);
        var rate = InteractiveShare / (ours.ShortRun.Median / 1000);
        var period = run.Seconds(Calls / rate / Rounds);
        for (var round = 0; round < Rounds; round++)
        {
            foreach (var side in round % 2 == 0 ? (Side[])[ours, stopping, fifo] : [fifo, stopping, ours])
            {
                var load = new PoissonLoad(rate, (run.Number * Rounds) + round);
                await load.RunAsync(() => side.CallAsync(Short, CallPriority.Interactive, side.ShortRun, cancellationToken), period, side.Alone, cancellationToken);
                var started = Stopwatch.GetTimestamp();
                await using var background = ClosedLoad.Start(
                    BackgroundCallers, (_, token) => side.CallAsync(Long, CallPriority.Background, side.LongRun, token), cancellationToken);
                await Task.Delay(run.Seconds(0.5), cancellationToken);
                await load.RunAsync(() => side.CallAsync(Short, CallPriority.Interactive, side.ShortRun, cancellationToken), period, side.Busy, cancellationToken);
                side.AddBackground(background.Calls, Stopwatch.GetElapsedTime(started));
            }
        }

        Console.WriteLine($"interactive: {rate:F1} calls a second of one step; background: {BackgroundCallers} callers, steps of {ours.LongRun.Median:F0} ms; {Rounds} rounds of {period.TotalSeconds:F1} s a condition");
        ours.Print("ours");
        stopping.Print("ours, stopping background steps in place of sharing the processor");
        fifo.Print("first in, first out");
        return
        [
            new Figure("interactive p99 beside background load over alone", ours.Busy.Percentile(0.99) / ours.Alone.Percentile(0.99), Must: Bound.AtMost(MostRatio)),
            new Figure("what is over 1.5 times, in background steps", Math.Max(0, ours.StepsOver(MostRatio)), Must: Bound.AtMost(1)),
            new Figure("the same, p95", ours.Busy.Percentile(0.95) / ours.Alone.Percentile(0.95)),
            new Figure("the same, p50", ours.Busy.Median / ours.Alone.Median),
            new Figure("p99 added by the background load", ours.Busy.Percentile(0.99) - ours.Alone.Percentile(0.99), "ms"),
            new Figure("stopping in place of sharing: p99 over alone", stopping.Busy.Percentile(0.99) / stopping.Alone.Percentile(0.99)),
            new Figure("stopping in place of sharing: background steps a second, over first in, first out", stopping.LongRate / fifo.LongRate),
            new Figure("first in, first out: p99 over alone", fifo.Busy.Percentile(0.99) / fifo.Alone.Percentile(0.99)),
            new Figure("first in, first out: what is over 1.5 times, in background steps", Math.Max(0, fifo.StepsOver(MostRatio))),
            new Figure("background steps a second, ours over first in, first out", ours.LongRate / fifo.LongRate),
        ];
    }

    /// <summary>One host with what was measured on it.</summary>
    private sealed class Side(ModelHost host, ModelClient client) : IAsyncDisposable
    {
        private readonly Lock _gate = new();
        private TimeSpan _longTime;

        public Samples Alone { get; } = new();

        public Samples Busy { get; } = new();

        /// <summary>On the device.</summary>
        public Samples ShortRun { get; } = new();

        public Samples LongRun { get; } = new();

        public long LongCalls { get; private set; }

        /// <summary>Background steps a second. Rounds last until the last interactive call has its answer, so those of a slow host are longer.</summary>
        public double LongRate => LongCalls / _longTime.TotalSeconds;

        /// <summary>How much of the busy p99 is more than a multiple of the one alone, in background steps as they ran meanwhile.</summary>
        public double StepsOver(double ratio) => (Busy.Percentile(0.99) - (ratio * Alone.Percentile(0.99))) / LongRun.Median;

        public static async Task<Side> StartAsync(BenchmarkModel[] models, IReadOnlyDictionary<string, string> settings, CancellationToken cancellationToken)
        {
            var host = await ModelHost.StartAsync(new ModelHostOptions { Models = models, Settings = settings }, cancellationToken);
            return new Side(host, await host.ConnectAsync("preempt", cancellationToken));
        }

        public async Task WarmUpAsync(CancellationToken cancellationToken)
        {
            for (var i = 0; i < 5; i++) await CallAsync(Long, CallPriority.Background, LongRun, cancellationToken);
            for (var i = 0; i < 200; i++) await CallAsync(Short, CallPriority.Interactive, ShortRun, cancellationToken);
        }

        public async Task CallAsync(RunRequest request, CallPriority priority, Samples runs, CancellationToken cancellationToken)
        {
            var response = await client.RunAsync(request, priority, cancellationToken);
            lock (_gate) runs.Add(TimeSpan.FromMicroseconds(response.RunUs[0]));
        }

        public void AddBackground(long calls, TimeSpan time)
        {
            LongCalls += calls;
            _longTime += time;
        }

        public void Print(string title)
        {
            Console.WriteLine($"{title}:");
            Console.WriteLine($"  alone  p50 {Alone.Median,7:F2} ms   p99 {Alone.Percentile(0.99),7:F2} ms   p95 {Alone.Percentile(0.95),7:F2} ms   worst {Alone.Percentile(1),7:F2} ms   {Alone.Count} calls");
            Console.WriteLine($"  busy   p50 {Busy.Median,7:F2} ms   p99 {Busy.Percentile(0.99),7:F2} ms   p95 {Busy.Percentile(0.95),7:F2} ms   worst {Busy.Percentile(1),7:F2} ms   {Busy.Count} calls, {LongCalls} background steps done");
        }

        public async ValueTask DisposeAsync()
        {
            await client.DisposeAsync();
            await host.DisposeAsync();
        }
    }
}
