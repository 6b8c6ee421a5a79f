using EdgeHost.PluginHost.Registry;
using EdgeHost.PluginHost.Tests.Support;
using EdgeHost.Runtime.Dispatch;
using EdgeHost.TestKit;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;

namespace EdgeHost.PluginHost.Tests.Registry;

public sealed class PluginScanServiceTests
{
    [Fact]
    public async Task Run_PluginInstalledLater_IsFoundAfterTwoIntervals()
    {
        await using var host = new PluginTestHost();
        host.Install("Good");
        using var service = new PluginScanService(host.Registry, Options.Create(host.Options), host.Time, NullLogger<PluginScanService>.Instance);
        await service.StartAsync(default);
        Assert.NotNull(host.Catalog.Find("good.version"));
        await host.Time.WaitBegun(host.Options.ScanInterval);

        host.Install("WithServices");
        host.Time.Advance(host.Options.ScanInterval);
        await Until(() => host.Registry.List().Count == 2);
        Assert.Null(host.Catalog.Find("services.greet"));
        host.Time.Advance(host.Options.ScanInterval);
        await Until(() => host.Catalog.Find("services.greet") is not null);

        await service.StopAsync(default).WaitAsync(PluginTestHost.Unexpected);
        Assert.Empty(host.Catalog.Routes);
    }

    [Fact]
    public async Task AddEdgeHostPlugins_InAGenericHost_FindsAndUnloads()
    {
        using var folder = new TempFolder();
        var catalog = new TestCatalog();
        var builder = Host.CreateEmptyApplicationBuilder(new HostApplicationBuilderSettings());
        builder.Services.AddSingleton<ICapabilityCatalog>(catalog);
        builder.Services.AddLogging();
        builder.Services.AddEdgeHostPlugins(options =>
        {
            options.Directories.Add(new PluginDirectory { Path = PluginTestHost.Built(string.Empty), IsImmutable = true });
            options.DataFolder = folder.Combine("data");
            options.ShadowFolder = folder.Combine("shadow");
        });
        using var host = builder.Build();
        await host.StartAsync();
        var registry = host.Services.GetRequiredService<IPluginRegistry>();

        await registry.ActivateAsync("test.with_services", default);

        Assert.Equal(PluginState.Active, registry.List().Single(info => info.Id == "test.with_services").State);
        Assert.NotNull(catalog.Find("services.greet"));
        await host.StopAsync();
        Assert.Empty(catalog.Routes);
    }

    [Fact]
    public async Task AddEdgeHostPlugins_OptionsOutOfRange_StopsTheStartAndNamesThem()
    {
        var builder = Host.CreateEmptyApplicationBuilder(new HostApplicationBuilderSettings());
        builder.Services.AddSingleton<ICapabilityCatalog>(new TestCatalog());
        builder.Services.AddLogging();
        builder.Services.AddEdgeHostPlugins(options =>
        {
            options.ScanInterval = TimeSpan.FromMilliseconds(1);
            options.MaxRetryDelay = TimeSpan.Zero;
            options.Directories.Add(new PluginDirectory());
        });
        using var host = builder.Build();

        var error = await Assert.ThrowsAsync<OptionsValidationException>(() => host.StartAsync());

        Assert.Equal(3, error.Failures.Count());
        Assert.Contains(error.Failures, failure => failure.StartsWith("ScanInterval is 00:00:00.0010000; it must be from", StringComparison.Ordinal));
    }

    private static async Task Until(Func<bool> condition)
    {
        using var limit = new CancellationTokenSource(PluginTestHost.Unexpected);
        while (!condition())
        {
            limit.Token.ThrowIfCancellationRequested();
            await Task.Yield();
        }
    }
}
