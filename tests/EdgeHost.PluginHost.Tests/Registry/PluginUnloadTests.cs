using System.Runtime.CompilerServices;
using EdgeHost.PluginHost.Tests.Support;
using MessagePack;

namespace EdgeHost.PluginHost.Tests.Registry;

public sealed class PluginUnloadTests
{
    [Fact]
    public async Task Reload_OldContext_IsCollectedAndItsCopyRemoved()
    {
        await using var host = new PluginTestHost();
        host.Install("Good");
        host.Registry.Scan();
        await host.CallAsync("good.version");
        host.Install("GoodNext", "Good");
        await host.SettleAsync();
        await host.CallAsync("good.version");
        await host.Registry.WhenRetiredAsync().WaitAsync(PluginTestHost.Unexpected);

        Assert.True(await CollectUntilGoneAsync(host, "test.good"), "The context of version 1 is still alive.");

        host.Registry.Scan();
        Assert.Single(Directory.EnumerateFiles(host.Options.ShadowFolder, "TestPlugins.Good.dll", SearchOption.AllDirectories));
        Assert.Equal("2", await host.CallAsync("good.version"));
    }

    [Fact]
    public async Task Remove_PluginWithContainerLoggerAndMessagePack_IsCollected()
    {
        await using var host = new PluginTestHost();
        var folder = host.Install("WithServices");
        host.Registry.Scan();
        for (var i = 0; i < 5; i++) await host.CallBytesAsync("services.greet", MessagePackSerializer.Serialize("Ada"));
        Directory.Delete(folder, recursive: true);
        await host.SettleAsync();
        await host.Registry.WhenRetiredAsync().WaitAsync(PluginTestHost.Unexpected);

        Assert.True(await CollectUntilGoneAsync(host, "test.with_services"), "The context is still alive.");

        host.Registry.Scan();
        Assert.Empty(host.Registry.List());
    }

    [Theory]
    [InlineData("none")]
    [InlineData("throw-in-start")]
    [InlineData("throw-in-configure")]
    public async Task Failures_OfEveryKind_DoNotKeepTheContext(string mode)
    {
        await using var host = new PluginTestHost();
        var folder = host.Install("Misbehaving", edit: PluginTestHost.Mode(mode));
        host.Registry.Scan();
        await Assert.ThrowsAsync<EdgeHostException>(() => host.CallAsync("bad.call"));
        Directory.Delete(folder, recursive: true);
        await host.SettleAsync();
        await host.Registry.WhenRetiredAsync().WaitAsync(PluginTestHost.Unexpected);

        Assert.True(await CollectUntilGoneAsync(host, "test.misbehaving"), "The context is still alive.");
    }

    [Fact]
    public async Task Remove_LeakingPlugin_IsCountedAndReportedOnce()
    {
        await using var host = new PluginTestHost();
        var folder = host.Install("Misbehaving", edit: PluginTestHost.Mode("leak"));
        host.Registry.Scan();
        await host.Registry.ActivateAsync("test.misbehaving", default);
        Directory.Delete(folder, recursive: true);
        await host.SettleAsync();
        await host.Registry.WhenRetiredAsync().WaitAsync(PluginTestHost.Unexpected);

        Assert.False(await CollectUntilGoneAsync(host, "test.misbehaving", rounds: 20));

        host.Registry.Scan();
        host.Registry.Scan();
        var info = host.Info("test.misbehaving");
        Assert.Equal(PluginState.Stopped, info.State);
        Assert.Equal(1, info.PreviousContextsAlive);
        Assert.Equal(1, info.LeakedContexts);
        Assert.Single(host.Loggers.Lines, line => line.Contains("still in memory", StringComparison.Ordinal));
    }

    private static async Task<bool> CollectUntilGoneAsync(PluginTestHost host, string id, int rounds = 500)
    {
        for (var i = 0; i < rounds; i++)
        {
            // A thread that was interrupted on its way out of the plugin holds it until it gets another turn, and the last exception that it threw until it throws another.
            if (i > 10)
            {
                await Task.Delay(10);
                await Task.WhenAll(Enumerable.Range(0, 8).Select(static _ => Task.Run(Throw)));
            }

            // On a stack of its own: a test goes on inside the frames of the unload that it waited for, and those hold the plugin.
            await Task.Run(Collect);
            if (host.Registry.List().Where(info => info.Id == id).All(info => info.PreviousContextsAlive == 0)) return true;
        }

        return false;
    }

    private static void Throw()
    {
        try
        {
            throw new InvalidOperationException("In place of what was thrown before.");
        }
        catch (InvalidOperationException)
        {
            // That it was thrown is all.
        }
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static void Collect()
    {
        GC.Collect();
        GC.WaitForPendingFinalizers();
    }
}
