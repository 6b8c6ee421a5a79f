using System.Globalization;
using EdgeHost.Benchmarks.Figures;
using EdgeHost.Benchmarks.Hosts;
using EdgeHost.Benchmarks.Load;
using EdgeHost.Capabilities.Training;
using TestPlugins.ModelRunner;

namespace EdgeHost.Benchmarks.Training;

/// <summary>
/// What a person notices of a training job: interactive calls of one step, alone and beside a job that trains a convolutional network of digits' size without a
/// pause. The two take turns, so that a slow phase of the machine meets both.
/// </summary>
internal sealed class TrainingLoadBenchmark : IBenchmark
{
    private const int Rounds = 20;
    private const int Calls = 1_000;
    private const double InteractiveShare = 0.05;
    private const double MostRatio = 1.2;
    private const int Side = 28;
    private const int Examples = 64;

    private static readonly RunRequest Short = new() { Model = "face-back", OnCallingThread = true };

    public string Name => "training-load";

    public async Task<IReadOnlyList<Figure>> RunAsync(BenchmarkRun run, CancellationToken cancellationToken)
    {
        BenchmarkModel[] models = [await StoredModels.GetAsync("face-back", cancellationToken)];
        await using var host = await ModelHost.StartAsync(new ModelHostOptions { Models = models, Settings = HostSettings.Default }, cancellationToken);
        await using var person = await host.ConnectAsync("person", cancellationToken);
        await using var app = await host.ConnectAsync("trainer", cancellationToken);
        var (alone, busy, shortRun) = (new Samples(), new Samples(), new Samples());
        for (var i = 0; i < 200; i++) await CallAsync();
        var rate = InteractiveShare / (shortRun.Median / 1000);
        var period = run.Seconds(Calls / rate / Rounds);
        var (steps, seconds, share) = (0L, 0.0, 0.0);
        var spec = Spec(run.Number);
        for (var round = 0; round < Rounds; round++)
        {
            var load = new PoissonLoad(rate, (run.Number * Rounds) + round);
            if (round % 2 == 0) await load.RunAsync(CallAsync, period, alone, cancellationToken);
            var (before, after) = await TrainAsync(app, spec, () => load.RunAsync(CallAsync, period, busy, cancellationToken), cancellationToken);
            steps += after.Step - before.Step;
            seconds += after.Seconds - before.Seconds;
            share += (after.Seconds - before.Seconds) / period.TotalSeconds / Rounds;
            if (round % 2 == 1) await load.RunAsync(CallAsync, period, alone, cancellationToken);
        }

        Console.WriteLine($"interactive: {rate:F1} calls a second of {shortRun.Median:F2} ms; {Rounds} rounds of {period.TotalSeconds:F1} s; training used {share:P0} of a core meanwhile, a step took {seconds / Math.Max(1, steps) * 1000:F2} ms");
        Console.WriteLine($"  alone     p50 {alone.Median,7:F2} ms   p95 {alone.Percentile(0.95),7:F2} ms   p99 {alone.Percentile(0.99),7:F2} ms   {alone.Count} calls");
        Console.WriteLine($"  training  p50 {busy.Median,7:F2} ms   p95 {busy.Percentile(0.95),7:F2} ms   p99 {busy.Percentile(0.99),7:F2} ms   {busy.Count} calls");
        return
        [
            new Figure("interactive p99 beside a training job over alone", busy.Percentile(0.99) / alone.Percentile(0.99), Must: Bound.AtMost(MostRatio)),
            new Figure("the same, p50", busy.Median / alone.Median),
            new Figure("share of a core that training had meanwhile", share),
        ];

        async Task CallAsync()
        {
            var response = await person.RunAsync(Short, CallPriority.Interactive, cancellationToken);
            lock (shortRun) shortRun.Add(TimeSpan.FromMicroseconds(response.RunUs[0]));
        }
    }

    private static async Task<(TrainingJob Before, TrainingJob After)> TrainAsync(ModelClient app, string spec, Func<Task> meanwhile, CancellationToken cancellationToken)
    {
        var job = await app.Training.StartAsync(spec, cancellationToken);
        await foreach (var progress in app.Training.WatchAsync(job.Id, cancellationToken))
        {
            job = progress.Job;
            if (job.Step > 0) break;
        }

        await meanwhile();
        return (job, await app.Training.CancelAsync(job.Id, cancellationToken));
    }

    private static string Spec(int seed)
    {
        var random = new Random(seed);
        var pictures = string.Join(',', Enumerable.Range(0, Examples).Select(_ => $"[{string.Join(',', Enumerable.Range(0, Side * Side).Select(_ => random.NextSingle().ToString("0.00", CultureInfo.InvariantCulture)))}]"));
        var labels = string.Join(',', Enumerable.Range(0, Examples).Select(static number => $"\"{number % 10}\""));
        return $$"""
            {
              "model": "digits", "task": "classify", "batch": 32, "steps": 20000000,
              "data": { "inputs": { "picture": [{{pictures}}] }, "labels": [{{labels}}] },
              "network": {
                "inputs": [{ "name": "picture", "shape": [1, 28, 28] }],
                "layers": [
                  { "name": "strokes", "kind": "convolution", "filters": 12, "window": 5, "stride": 2, "padding": 2, "activation": "relu" },
                  { "name": "parts", "kind": "convolution", "filters": 24, "window": 3, "stride": 2, "padding": 1, "activation": "relu" },
                  { "name": "flat", "kind": "flatten" },
                  { "name": "middle", "kind": "linear", "width": 64, "activation": "relu" },
                  { "name": "digit", "kind": "linear", "width": 10 }
                ],
                "loss": { "kind": "cross_entropy", "smoothing": 0.05 }
              }
            }
            """;
    }
}
