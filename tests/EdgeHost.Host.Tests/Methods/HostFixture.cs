using EdgeHost.Host.Cli;
using EdgeHost.Host.Hosting;
using EdgeHost.Host.Methods;
using EdgeHost.Runtime.Dispatch;
using EdgeHost.Runtime.Engines;
using EdgeHost.Runtime.Models;
using EdgeHost.TestKit;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;

namespace EdgeHost.Host.Tests.Methods;

/// <summary>The host as it puts itself together, over the simulated engine and without a socket.</summary>
internal sealed class HostFixture : IAsyncDisposable
{
    private readonly TempFolder _folder = new();
    private readonly ServiceProvider _services;

    public HostFixture(Action<IServiceCollection>? add = null, HostSettings? settings = null)
    {
        var services = new ServiceCollection();
        services.AddLogging();
        services.AddEdgeHostCore(settings ?? new HostSettings { Home = _folder.Combine("home") });
        services.AddSingleton<TimeProvider>(Time);
        services.AddSingleton<IInferenceEngine>(Engine);
        services.AddSingleton<IModelSource>(Source);
        services.AddSingleton<HostClock>();
        services.AddSingleton<ModelMethodSet>();
        services.AddSingleton<VersionMethodSet>();
        services.AddSingleton<StatsMethodSet>();
        services.AddSingleton<ExplainMethodSet>();
        services.AddSingleton<HealthMethodSet>();
        add?.Invoke(services);
        _services = services.BuildServiceProvider();
        HostMethodTarget.Register(
            Get<ICapabilityCatalog>(),
            [.. Get<ModelMethodSet>().Create(), .. Get<VersionMethodSet>().Create(), .. Get<StatsMethodSet>().Create(), .. Get<ExplainMethodSet>().Create(), .. Get<HealthMethodSet>().Create()],
            NullLogger.Instance);
        Caller = new LocalHostCaller(_services);
    }

    public FakeTimeProvider Time { get; } = new(new DateTimeOffset(2030, 1, 1, 0, 0, 0, TimeSpan.Zero));

    public SimulatedEngine Engine { get; } = new();

    public SimulatedModelSource Source { get; } = new();

    /// <summary>Calls as the host itself.</summary>
    public LocalHostCaller Caller { get; }

    public T Get<T>()
        where T : notnull
        => _services.GetRequiredService<T>();

    public IEnumerable<T> GetAll<T>()
        where T : notnull
        => _services.GetServices<T>();

    public async ValueTask DisposeAsync()
    {
        await Caller.DisposeAsync();
        _folder.Dispose();
    }
}
