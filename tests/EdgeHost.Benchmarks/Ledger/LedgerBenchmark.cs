using EdgeHost.Benchmarks.Figures;
using EdgeHost.Benchmarks.Hosts;
using EdgeHost.TestKit;
using TestPlugins.ModelRunner;

namespace EdgeHost.Benchmarks.Ledger;

/// <summary>
/// Whether the process keeps to its budget: ten models in turn under a budget that fits three, until a thousand were loaded and as many left. After
/// each load the resident memory over that of the empty host is compared with the budget and with what the pool says it holds.
/// </summary>
internal sealed class LedgerBenchmark : IBenchmark
{
    private const int Models = 10;
    private const int Fitting = 3;
    private const int Layers = 3;
    private const int Width = 1024;
    private const int Window = 50;

    public string Name => "ledger";

    public async Task<IReadOnlyList<Figure>> RunAsync(BenchmarkRun run, CancellationToken cancellationToken)
    {
        using var folder = new TempFolder();
        var models = Enumerable.Range(0, Models)
            .Select(i => BenchmarkModel.Create($"chain-{i}", folder.Path, GeneratedGraphs.Chain(Width, Layers, seed: i)))
            .Append(BenchmarkModel.Create("tiny", folder.Path, OnnxGraph.Add(1, 2, 3, 4).ToModel()))
            .ToArray();
        var budget = (long)((Fitting + 0.5) * await MeasureOneAsync(models, cancellationToken));
        await using var host = await ModelHost.StartAsync(
            new ModelHostOptions { Models = models, Settings = new Dictionary<string, string> { ["Runtime:Pool:BudgetBytes"] = $"{budget}" } }, cancellationToken);
        await using var client = await host.ConnectAsync("ledger", cancellationToken);
        var baseline = await MeasureEmptyAsync(host, client, cancellationToken);
        var loads = run.Times(1_000, 2 * Window + 10);
        var over = new List<double>();
        var resident = new List<double>();
        long most = 0;
        long mostLedger = 0;
        for (var call = 0; over.Count < loads; call++)
        {
            var (_, info) = await client.ExplainAsync(new RunRequest { Model = $"chain-{call % Models}", Steps = 2, OnCallingThread = true }, cancellationToken);
            if (info.LoadTime == TimeSpan.Zero) continue;
            var ledger = (await client.GetHealthAsync(cancellationToken)).Memory.PoolBytes;
            var grown = ProcessMemory.ResidentBytes(host.ProcessId) - baseline;
            most = Math.Max(most, grown);
            mostLedger = Math.Max(mostLedger, ledger);
            over.Add(grown - ledger);
            resident.Add(baseline + grown);
            if (over.Count % 100 == 0) Console.WriteLine($"{over.Count,5} loads: resident over empty {grown / 1e6:F1} MB, ledger {ledger / 1e6:F1} MB, budget {budget / 1e6:F1} MB");
        }

        var early = FigureTable.MedianOf(resident.Skip(Math.Max(0, Math.Min(100, loads / 2) - (Window / 2))).Take(Window));
        var late = FigureTable.MedianOf(resident.TakeLast(Window));
        Console.WriteLine($"empty host {baseline / 1e6:F1} MB; most over it {most / 1e6:F1} MB, most in the ledger {mostLedger / 1e6:F1} MB, budget {budget / 1e6:F1} MB; median of resident over empty less ledger {FigureTable.MedianOf(over) / 1e6:F1} MB");
        return
        [
            new Figure("most resident memory over the empty host, over the budget", (double)most / budget, Must: Bound.AtMost(1.1)),
            new Figure("most in the ledger over the budget", (double)mostLedger / budget, Must: Bound.AtMost(1)),
            new Figure($"drift of resident memory from load 100 to {loads}", 100 * (late - early) / early, "%", Bound.AtMost(2)),
        ];
    }

    // What the pool charges for one of the models, once it has run: the budget is set by it, since it may differ from the file's size.
    private static async Task<long> MeasureOneAsync(BenchmarkModel[] models, CancellationToken cancellationToken)
    {
        await using var host = await ModelHost.StartAsync(new ModelHostOptions { Models = models }, cancellationToken);
        await using var client = await host.ConnectAsync("ledger", cancellationToken);
        for (var i = 0; i < 3; i++) await client.RunAsync(new RunRequest { Model = "chain-0", Steps = 2 }, CallPriority.Normal, cancellationToken);
        return (await client.GetHealthAsync(cancellationToken)).Memory.PoolBytes;
    }

    // The engine's library, the plugin and the first buffers are the host's own; a model of a few bytes brings them in.
    private static async Task<long> MeasureEmptyAsync(ModelHost host, ModelClient client, CancellationToken cancellationToken)
    {
        for (var i = 0; i < 200; i++) await client.ExplainAsync(new RunRequest { Model = "tiny", OnCallingThread = true }, cancellationToken);
        await Task.Delay(TimeSpan.FromSeconds(1), cancellationToken);
        return ProcessMemory.ResidentBytes(host.ProcessId);
    }
}
