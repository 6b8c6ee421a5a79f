using EdgeHost.Benchmarks.Figures;
using EdgeHost.Benchmarks.Hosts;
using EdgeHost.Benchmarks.Load;
using TestPlugins.ModelRunner;

namespace EdgeHost.Benchmarks.Fairness;

/// <summary>
/// How device time is shared between apps that all want more than there is. Their steps differ in length: an order of arrival would give an app as
/// much as its steps are long. Once with equal weights, once with the weights 1, 2, 4; the time is what the replies say.
/// </summary>
internal sealed class FairnessBenchmark : IBenchmark
{
    private const int CallersAnApp = 8;

    private static readonly RunRequest[] Work =
    [
        new() { Model = "ocr-rec", Inputs = [new RunInput { Name = "x", Shape = [1, 3, 48, 320] }] },
        new() { Model = "face-back" },
        new() { Model = "ocr-det", Inputs = [new RunInput { Name = "x", Shape = [1, 3, 192, 192] }] },
        new() { Model = "ocr-cls", Inputs = [new RunInput { Name = "x", Shape = [1, 3, 48, 192] }] },
    ];

    public string Name => "fairness";

    public async Task<IReadOnlyList<Figure>> RunAsync(BenchmarkRun run, CancellationToken cancellationToken)
    {
        var models = new List<BenchmarkModel>();
        foreach (var work in Work) models.Add(await StoredModels.GetAsync(work.Model, cancellationToken));
        var equal = await MeasureAsync("equal weights", run, models, [1, 1, 1, 1], HostSettings.Default, cancellationToken);
        var fifo = await MeasureAsync(
            "equal weights, first in, first out", run, models, [1, 1, 1, 1], HostSettings.FirstInFirstOut, cancellationToken);
        double[] weights = [1, 2, 4];
        var weighted = await MeasureAsync(
            "weights 1:2:4",
            run,
            models,
            weights,
            weights.Select((weight, app) => (app, weight)).ToDictionary(pair => $"Runtime:Scheduling:AppWeights:{App(pair.app)}", pair => $"{pair.weight}"),
            cancellationToken);
        var total = weighted.Sum();
        var error = weights.Select((weight, app) => Math.Abs((weighted[app] / total * weights.Sum() / weight) - 1)).Max();
        return
        [
            new Figure("Jain index of device time, 4 apps of equal weight", JainIndex.Of(equal), Must: Bound.AtLeast(0.95)),
            new Figure("the same, first in, first out", JainIndex.Of(fifo)),
            new Figure("weights 1:2:4, largest deviation of a share", 100 * error, "%", Bound.AtMost(5)),
        ];
    }

    private static string App(int number) => $"app-{number + 1}";

    private static async Task<double[]> MeasureAsync(
        string title, BenchmarkRun run, IReadOnlyList<BenchmarkModel> models, double[] weights, IReadOnlyDictionary<string, string> settings, CancellationToken cancellationToken)
    {
        await using var host = await ModelHost.StartAsync(new ModelHostOptions { Models = models, Settings = settings }, cancellationToken);
        var clients = new List<ModelClient>();
        try
        {
            for (var app = 0; app < weights.Length; app++)
            {
                clients.Add(await host.ConnectAsync(App(app), cancellationToken));
                await clients[app].RunAsync(Work[app], CallPriority.Normal, cancellationToken);
            }

            var microseconds = new long[weights.Length];
            var isMeasuring = false;
            await using (ClosedLoad.Start(weights.Length * CallersAnApp, CallAsync, cancellationToken))
            {
                await Task.Delay(run.Seconds(2), cancellationToken);
                Volatile.Write(ref isMeasuring, true);
                await Task.Delay(run.Seconds(15), cancellationToken);
                Volatile.Write(ref isMeasuring, false);
            }

            double[] seconds = [.. microseconds.Select(static time => time / 1e6)];
            Console.WriteLine($"{title}: device seconds {string.Join(", ", seconds.Select(static time => $"{time:F2}"))}");
            return seconds;

            async Task CallAsync(int caller, CancellationToken token)
            {
                var app = caller % weights.Length;
                var response = await clients[app].RunAsync(Work[app], CallPriority.Normal, token);
                if (Volatile.Read(ref isMeasuring)) Interlocked.Add(ref microseconds[app], response.RunUs[0]);
            }
        }
        finally
        {
            foreach (var client in clients) await client.DisposeAsync();
        }
    }
}
