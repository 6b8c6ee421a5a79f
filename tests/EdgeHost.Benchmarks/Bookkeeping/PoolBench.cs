using System.Diagnostics;
using EdgeHost.Benchmarks.Figures;
using EdgeHost.Benchmarks.Hosts;
using EdgeHost.ModelStore;
using EdgeHost.ModelStore.Manifests;
using EdgeHost.PluginSdk;
using EdgeHost.Runtime;
using EdgeHost.Runtime.Engines;
using EdgeHost.Runtime.Models;
using EdgeHost.Runtime.Onnx;
using EdgeHost.TestKit;
using EdgeHost.TestKit.Onnx;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;

namespace EdgeHost.Benchmarks.Bookkeeping;

/// <summary>The real pool, scheduler and engine in this process with a number of trivial models, and one session outside them to compare with.</summary>
internal sealed class PoolBench : IAsyncDisposable
{
    private static readonly TimeSpan StoreSettles = TimeSpan.FromSeconds(3);
    private static readonly AppIdentity App = new("bookkeeping", 0, 0);

    private readonly TempFolder _folder;
    private readonly LocalModelStore _store;
    private readonly ServiceProvider _services;
    private readonly SwitchedSource _source;
    private readonly IModelPool _pool;
    private readonly IEngineSession _session;
    private readonly ModelValue _input;

    private PoolBench(TempFolder folder, LocalModelStore store, ServiceProvider services, SwitchedSource source, IEngineSession session)
    {
        _folder = folder;
        _store = store;
        _services = services;
        _source = source;
        _pool = services.GetRequiredService<IModelPool>();
        _session = session;
        _input = session.CreateValue(ElementType.Float32, new TensorShape(1, 4));
        _input.AsSpan<float>().Fill(1);
    }

    public static async Task<PoolBench> CreateAsync(int models, CancellationToken cancellationToken)
    {
        var folder = new TempFolder();
        var catalog = Directory.CreateDirectory(folder.Combine("catalog")).FullName;
        for (var i = 0; i < models; i++)
        {
            var model = BenchmarkModel.Create(Id(i), folder.Path, OnnxGraph.Add(1, 2, 3, i).ToModel());
            File.WriteAllText(Path.Combine(catalog, $"{model.Id}.json"), model.ToManifest().ToJsonString());
        }

        var options = Options.Create(new ModelStoreOptions { HomeFolder = folder.Path });
        var store = new LocalModelStore(options, new ModelCatalog(options), TimeProvider.System, NullLogger<LocalModelStore>.Instance);
        var source = new SwitchedSource(new StoreModelSource(store));
        var services = new ServiceCollection()
            .AddLogging()
            .AddOnnxRuntimeEngine()
            .AddSingleton<IModelSource>(source)
            .AddEdgeHostRuntime(runtime => runtime.Pool.BudgetBytes = 16L << 30)
            .BuildServiceProvider();
        for (var i = 0; i < models; i++)
        {
            await store.PullAsync(Id(i), options: null, progress: null, cancellationToken);
            await source.RememberAsync(Id(i), cancellationToken);
        }

        // The store reads a record again while it is so young that a change might not show in its time.
        await Task.Delay(StoreSettles, cancellationToken);
        var engine = services.GetRequiredService<IInferenceEngine>();
        var cpu = engine.GetDevices().First(device => device.Kind == DeviceKind.Cpu);
        var session = await engine.LoadAsync(await source.ResolveAsync(Id(0), cancellationToken), cpu, cancellationToken);
        var bench = new PoolBench(folder, store, services, source, session);
        for (var i = 0; i < models; i++) await bench.CallAsync(i, bench.Step(isOnCaller: true), cancellationToken);
        return bench;
    }

    /// <summary>Batches of calls and of bare runs in turn.</summary>
    public async Task<Cost> MeasureAsync(int batches, int calls, bool isOnCaller, bool fromStore, CancellationToken cancellationToken)
    {
        _source.AsksStore = fromStore;
        var step = Step(isOnCaller);
        for (var i = 0; i < calls; i++)
        {
            Run(step);
            await CallAsync(0, step, cancellationToken);
        }

        var (times, bytes) = (new List<double>(), new List<double>());
        for (var batch = 0; batch < batches; batch++)
        {
            var bare = Measure(() =>
            {
                for (var i = 0; i < calls; i++) Run(step);
                return Task.CompletedTask;
            });
            var pooled = Measure(async () =>
            {
                for (var i = 0; i < calls; i++) await CallAsync(0, step, cancellationToken);
            });
            var (bareTime, bareBytes) = await bare;
            var (pooledTime, pooledBytes) = await pooled;
            times.Add((pooledTime - bareTime).TotalMicroseconds / calls);
            bytes.Add((pooledBytes - bareBytes) / (double)calls);
        }

        return new Cost(FigureTable.MedianOf(times), FigureTable.MedianOf(bytes));
    }

    public async ValueTask DisposeAsync()
    {
        _input.Dispose();
        await _services.DisposeAsync();
        _session.Dispose();
        _store.Dispose();
        _folder.Dispose();
    }

    private static string Id(int number) => $"model-{number:D3}";

    private static async Task<(TimeSpan Time, long Bytes)> Measure(Func<Task> calls)
    {
        var bytes = GC.GetTotalAllocatedBytes(precise: true);
        var started = Stopwatch.GetTimestamp();
        await calls();
        return (Stopwatch.GetElapsedTime(started), GC.GetTotalAllocatedBytes(precise: true) - bytes);
    }

    private ModelStep Step(bool isOnCaller) => new() { Inputs = [new NamedValue("x", _input)], MayRunOnCallingThread = isOnCaller };

    private void Run(ModelStep step)
    {
        foreach (var output in _session.Run(step, CancellationToken.None)) output.Dispose();
    }

    private async Task CallAsync(int model, ModelStep step, CancellationToken cancellationToken)
    {
        var scope = new CallScope { PluginId = "bookkeeping", App = App, CancellationToken = cancellationToken };
        using var lease = await _pool.ForCall(scope).LeaseAsync(Id(model), cancellationToken);
        using var result = await lease.RunAsync(step, cancellationToken);
    }
}
