using EdgeHost.PluginSdk;
using EdgeHost.Runtime.Dispatch;
using EdgeHost.Runtime.Models;
using EdgeHost.Runtime.Scheduling;
using EdgeHost.TestKit;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Time.Testing;

namespace EdgeHost.Runtime.Tests;

/// <summary>The real runtime over the simulated engine, composed as the host composes it.</summary>
internal sealed class RuntimeFixture : IAsyncDisposable
{
    private readonly ServiceProvider _services;

    public RuntimeFixture(
        SimulatedEngine? engine = null, Action<EdgeHostRuntimeOptions>? configure = null, TimeProvider? time = null, Action<IServiceCollection>? add = null)
    {
        Engine = engine ?? new SimulatedEngine();
        var services = new ServiceCollection();
        services.AddSingleton<ILoggerFactory>(Log);
        services.AddSingleton(typeof(ILogger<>), typeof(Logger<>));
        services.AddSingleton(time ?? Time);
        services.AddSingleton<Engines.IInferenceEngine>(Engine);
        services.AddSingleton<IModelSource>(Source);
        services.AddSingleton<IMemoryTrimmer>(Trimmer);
        add?.Invoke(services);
        services.AddEdgeHostRuntime(options =>
        {
            options.Pool.BudgetBytes = 100 << 20;

            // The machine that runs the tests may be hot, short of memory or on battery; that is not what they test.
            options.Conditions.SystemRoot = "/nonexistent";

            // One step at a time is what makes orders exact; the tests of extra runs set it.
            options.Scheduling.ExtraInteractiveRuns = 0;
            configure?.Invoke(options);
        });
        _services = services.BuildServiceProvider();
    }

    public RecordingLoggerFactory Log { get; } = new();

    public FakeTimeProvider Time { get; } = new(new DateTimeOffset(2030, 1, 1, 0, 0, 0, TimeSpan.Zero));

    public SimulatedEngine Engine { get; }

    public SimulatedModelSource Source { get; } = new();

    public CountingTrimmer Trimmer { get; } = new();

    public ModelPool Pool => (ModelPool)_services.GetRequiredService<IModelPool>();

    public IStepScheduler Scheduler => _services.GetRequiredService<IStepScheduler>();

    public ICapabilityCatalog Catalog => _services.GetRequiredService<ICapabilityCatalog>();

    public ICapabilityDispatcher Dispatcher => _services.GetRequiredService<ICapabilityDispatcher>();

    public T Get<T>()
        where T : notnull
        => _services.GetRequiredService<T>();

    public static CallScope Scope(IReadOnlySet<string>? allowed = null, CancellationToken cancellationToken = default) => new()
    {
        PluginId = "tests",
        App = new AppIdentity("app", -1, -1),
        AllowedModels = allowed,
        CancellationToken = cancellationToken,
    };

    public async Task<IModelLease> LeaseAsync(string model, CallScope? scope = null)
        => await Pool.ForCall(scope ?? Scope()).LeaseAsync(model, CancellationToken.None);

    public static ModelStep Step(params float[] content)
        => new() { Inputs = [new NamedValue("x", SimulatedValue.Of(new TensorShape(content.Length), content))] };

    public ModelSnapshot Model(string id) => Assert.Single(Pool.Snapshot().Models, model => model.Id == id);

    public ValueTask DisposeAsync() => _services.DisposeAsync();

    internal sealed class CountingTrimmer : IMemoryTrimmer
    {
        private int _trims;

        public int Trims => Volatile.Read(ref _trims);

        public void Trim() => Interlocked.Increment(ref _trims);
    }
}
