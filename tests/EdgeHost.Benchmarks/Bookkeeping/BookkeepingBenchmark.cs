using EdgeHost.Benchmarks.Figures;

namespace EdgeHost.Benchmarks.Bookkeeping;

/// <summary>
/// What pool and scheduler add to a step of a resident model: lease, queue, dispatch and release around the run of a trivial graph, minus the run alone.
/// In process, since the socket has a benchmark of its own. With one model and with two hundred resident.
/// </summary>
internal sealed class BookkeepingBenchmark : IBenchmark
{
    private const int Few = 1;
    private const int Many = 200;

    public string Name => "bookkeeping";

    public async Task<IReadOnlyList<Figure>> RunAsync(BenchmarkRun run, CancellationToken cancellationToken)
    {
        var few = await MeasureAsync(run, Few, cancellationToken);
        var many = await MeasureAsync(run, Many, cancellationToken);
        return
        [
            new Figure("lease + queue + dispatch + release, one model", few.OnCaller.Microseconds, "us", Bound.AtMost(20)),
            new Figure($"the same, {Many} models resident", many.OnCaller.Microseconds, "us", Bound.AtMost(20)),
            new Figure("bytes allocated a call, one model", few.OnCaller.Bytes, "B"),
            new Figure($"growth of it with {Many} models", many.OnCaller.Bytes - few.OnCaller.Bytes, "B", Bound.AtMost(1)),
            new Figure("with a model found by the store each time", many.FromStore.Microseconds, "us"),
            new Figure("handed to the device's own thread and back", few.OnWorker.Microseconds, "us"),
        ];
    }

    private static async Task<(Cost OnCaller, Cost FromStore, Cost OnWorker)> MeasureAsync(BenchmarkRun run, int models, CancellationToken cancellationToken)
    {
        await using var bench = await PoolBench.CreateAsync(models, cancellationToken);
        var onCaller = await bench.MeasureAsync(run.Times(25, 5), run.Times(2_000, 50), isOnCaller: true, fromStore: false, cancellationToken);
        var fromStore = await bench.MeasureAsync(run.Times(25, 5), run.Times(2_000, 50), isOnCaller: true, fromStore: true, cancellationToken);
        var onWorker = await bench.MeasureAsync(run.Times(25, 5), run.Times(500, 50), isOnCaller: false, fromStore: false, cancellationToken);
        Console.WriteLine($"{models} resident: {onCaller}; with the store {fromStore}; on a worker {onWorker}");
        return (onCaller, fromStore, onWorker);
    }
}
