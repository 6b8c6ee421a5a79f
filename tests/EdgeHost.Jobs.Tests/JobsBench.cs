using EdgeHost.Jobs.Results;
using EdgeHost.Jobs.Retraining;
using EdgeHost.Jobs.Storage;
using EdgeHost.Learning;
using EdgeHost.Learning.Consents;
using EdgeHost.Learning.Examples;
using EdgeHost.Runtime;
using EdgeHost.Runtime.Conditions;
using EdgeHost.Runtime.Engines;
using EdgeHost.Runtime.Models;
using EdgeHost.TestKit;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Time.Testing;

namespace EdgeHost.Jobs.Tests;

/// <summary>Jobs over the real scheduler and store, with time and the machine's state set by the test. May be started again on the same folder.</summary>
internal sealed class JobsBench : IAsyncDisposable
{
    public static readonly ExampleOwner App = new("app", 1000);
    private readonly TempFolder? _own;
    private readonly ServiceProvider _services;
    private bool _isStarted;

    public JobsBench(string? folder = null, Action<JobOptions>? configure = null, Action<IServiceCollection>? add = null)
    {
        _own = folder is null ? new TempFolder() : null;
        Folder = folder ?? _own!.Path;
        var services = new ServiceCollection();
        services.AddSingleton<ILoggerFactory>(Log);
        services.AddSingleton(typeof(ILogger<>), typeof(Logger<>));
        services.AddSingleton<TimeProvider>(Time);
        services.AddSingleton<IInferenceEngine>(new SimulatedEngine());
        services.AddSingleton<IModelSource>(new SimulatedModelSource());
        services.AddSingleton<IMachineConditions>(Conditions);
        add?.Invoke(services);
        services.AddEdgeHostRuntime(options => options.Conditions.SystemRoot = "/nonexistent");
        services.AddEdgeHostLearning(options => options.Folder = Path.Combine(Folder, "learning"));
        Trained = new TrainedModelFolder(Path.Combine(Folder, "trained"));
        services.AddSingleton<ITrainedModelSink>(Trained);
        services.AddSingleton<ITrainedModels>(Trained);
        services.AddEdgeHostJobs(options =>
        {
            options.Folder = Path.Combine(Folder, "jobs");
            options.FreeSpaceReserveBytes = 0;
            configure?.Invoke(options);
        });
        _services = services.BuildServiceProvider();
    }

    public string Folder { get; }

    public RecordingLoggerFactory Log { get; } = new();

    public FakeTimeProvider Time { get; } = new(new DateTimeOffset(2030, 1, 1, 0, 0, 0, TimeSpan.Zero));

    public SetConditions Conditions { get; } = new();

    public JobService Jobs => _services.GetRequiredService<JobService>();

    public TrainedModelFolder Trained { get; }

    public ITrainedModels Models => _services.GetRequiredService<ITrainedModels>();

    public ExampleStore Examples => _services.GetRequiredService<ExampleStore>();

    public RetrainWatch Retraining => _services.GetServices<IHostedService>().OfType<RetrainWatch>().Single();

    public T Get<T>()
        where T : notnull
        => _services.GetRequiredService<T>();

    /// <summary>Begins to do jobs.</summary>
    public async Task StartAsync()
    {
        _isStarted = true;
        await Jobs.StartAsync(CancellationToken.None);
    }

    /// <summary>Stops as a host does.</summary>
    public async Task StopAsync()
    {
        if (_isStarted) await Jobs.StopAsync(CancellationToken.None);
        _isStarted = false;
    }

    /// <summary>Does a job to its end.</summary>
    public async Task<JobRecord> DoAsync(string spec, ExampleOwner? owner = null)
    {
        if (!_isStarted) await StartAsync();
        var job = await Jobs.StartAsync(owner ?? App, spec, CancellationToken.None);
        return await EndOfAsync(job.Id, owner);
    }

    public async Task<JobRecord> EndOfAsync(string id, ExampleOwner? owner = null)
        => await UntilAsync(id, static record => record.HasEnded, owner);

    /// <summary>Waits for a state of a job.</summary>
    public async Task<JobRecord> UntilAsync(string id, Func<JobRecord, bool> isThere, ExampleOwner? owner = null)
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromMinutes(2));
        await foreach (var record in Jobs.WatchAsync(owner ?? App, id, patience.Token))
        {
            if (isThere(record)) return record;
        }

        throw new InvalidOperationException($"The job ended without it: {Jobs.Get(owner ?? App, id)}");
    }

    public async Task RecordAsync(string dataset, IEnumerable<(float[] Values, string? Label)> examples, double validation = 0.2, double test = 0.2, ExampleOwner? owner = null)
    {
        var of = owner ?? App;
        await Get<ConsentStore>().SetAsync(of, "tests", isGranted: true);
        var spec = new DatasetSpec { Name = dataset, Purpose = "tests", Kind = ExampleKind.Features, ValidationShare = validation, TestShare = test };
        foreach (var page in examples.Chunk(500))
        {
            await Examples.RecordAsync(of, spec, [.. page.Select(static example => new ExampleDraft { Content = Bytes(example.Values), Label = example.Label })]);
        }
    }

    public async Task<TrainedModelFiles?> FindAsync(string name, string? version = null, ExampleOwner? owner = null)
        => await Models.FindAsync(owner ?? App, name, version, CancellationToken.None);

    public async ValueTask DisposeAsync()
    {
        await StopAsync();
        await _services.DisposeAsync();
        _own?.Dispose();
    }

    private static byte[] Bytes(float[] values) => System.Runtime.InteropServices.MemoryMarshal.AsBytes<float>(values).ToArray();
}
