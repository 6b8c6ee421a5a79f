using EdgeHost.PluginHost.Tests.Support;

namespace EdgeHost.PluginHost.Tests.Registry;

public sealed class PluginReloadTests
{
    [Fact]
    public async Task Scan_NewVersion_ServesAndOldCallsFinishOnTheOldOne()
    {
        await using var host = new PluginTestHost();
        host.Install("Good");
        host.Registry.Scan();
        Assert.Equal("1", await host.CallAsync("good.version"));
        var held = new Held();
        var old = host.CallAsync("good.wait", sink: held.TakeAsync);
        await held.Begun;

        host.Install("GoodNext", "Good");
        await host.SettleAsync();

        Assert.Equal("2", await host.CallAsync("good.version"));
        Assert.Equal("2.0.0", host.Info("test.good").Version);
        Assert.Equal(1, host.Info("test.good").InFlightCalls);
        Assert.NotNull(host.Catalog.Find("good.settings"));
        Assert.False(old.IsCompleted);
        held.Release();
        Assert.Equal("done", await old);
        await host.Registry.WhenRetiredAsync().WaitAsync(PluginTestHost.Unexpected);
        Assert.Equal(0, host.Info("test.good").InFlightCalls);
        Assert.Contains(host.Loggers.Lines, line => line.Contains("Version 1.0.0 was stopped and unloaded", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Reload_UnderContinuousCalls_LosesNone()
    {
        await using var host = new PluginTestHost();
        host.Install("Good");
        host.Registry.Scan();
        await host.CallAsync("good.version");
        using var end = new CancellationTokenSource();
        var seen = new int[3];
        var callers = Enumerable.Range(0, 4).Select(_ => Task.Run(async () =>
        {
            while (!end.IsCancellationRequested) Interlocked.Increment(ref seen[int.Parse(await host.CallAsync("good.version"))]);
        })).ToList();
        try
        {
            for (var reload = 0; reload < 6; reload++)
            {
                var version = reload % 2 == 0 ? 2 : 1;
                host.Install(version == 2 ? "GoodNext" : "Good", "Good");
                await host.SettleAsync();
                var before = Volatile.Read(ref seen[version]);
                while (Volatile.Read(ref seen[version]) <= before + 50 && callers.TrueForAll(caller => !caller.IsCompleted)) await Task.Yield();
            }
        }
        finally
        {
            await end.CancelAsync();
        }

        await Task.WhenAll(callers).WaitAsync(PluginTestHost.Unexpected);
        await host.Registry.WhenRetiredAsync().WaitAsync(PluginTestHost.Unexpected);
        var info = host.Info("test.good");
        Assert.Equal(seen.Sum() + 1, info.Calls);
        Assert.Equal(0, info.InFlightCalls);
        Assert.True(seen[1] > 50 && seen[2] > 50, $"version 1 answered {seen[1]} calls, version 2 {seen[2]}");
    }

    [Fact]
    public async Task Enter_ByTheRouteOfAReplacedVersion_ReachesTheNewOne()
    {
        await using var host = new PluginTestHost();
        host.Install("Good");
        host.Registry.Scan();
        await host.CallAsync("good.version");
        var old = host.Catalog.Find("good.version")!;
        host.Install("GoodNext", "Good");
        await host.SettleAsync();
        await host.Registry.WhenRetiredAsync().WaitAsync(PluginTestHost.Unexpected);

        var entered = await old.Target.EnterAsync("good.version", default);

        Assert.Equal(1, host.Info("test.good").InFlightCalls);
        entered.Leave();
    }

    [Fact]
    public async Task Scan_CopyInProgress_IsNotLoadedHalf()
    {
        await using var host = new PluginTestHost();
        host.Registry.Scan();
        var folder = Path.Combine(host.Plugins, "Good");
        Directory.CreateDirectory(folder);
        foreach (var file in new[] { "plugin.json", "TestPlugins.Good.deps.json", "TestPlugins.Good.dll" })
        {
            var bytes = await File.ReadAllBytesAsync(Path.Combine(PluginTestHost.Built("Good"), file));
            foreach (var part in new[] { bytes.Length / 2, bytes.Length })
            {
                await File.WriteAllBytesAsync(Path.Combine(folder, file), bytes[..part]);
                host.Registry.Scan();
                Assert.Empty(host.Catalog.Routes);
            }
        }

        Assert.Equal(PluginState.Starting, host.Info("Good").State);
        host.Registry.Scan();

        Assert.Equal("1", await host.CallAsync("good.version"));
    }

    [Fact]
    public async Task Scan_FilesOverwrittenInPlaceByGarbage_OldVersionServesOnAndTheReasonShows()
    {
        await using var host = new PluginTestHost();
        var folder = host.Install("Good");
        host.Registry.Scan();
        Assert.Equal("1", await host.CallAsync("good.version"));

        await File.WriteAllBytesAsync(Path.Combine(folder, "TestPlugins.Good.dll"), new byte[100]);
        host.Edit("Good", manifest => manifest["version"] = "1.1.0");
        await host.SettleAsync();

        var info = host.Info("test.good");
        Assert.Equal(PluginState.Active, info.State);
        Assert.Equal("1.0.0", info.Version);
        Assert.Contains("version 1.1.0 that cannot be used", info.Reason, StringComparison.Ordinal);
        Assert.Contains("not a .NET assembly", info.Reason, StringComparison.Ordinal);
        Assert.Equal("1", await host.CallAsync("good.version"));
        Assert.Equal("done", await host.CallAsync("good.wait"));

        host.Install("GoodNext", "Good");
        await host.SettleAsync();
        Assert.Equal("2", await host.CallAsync("good.version"));
        Assert.Empty(host.Info("test.good").Reason);
    }

    [Fact]
    public async Task Scan_ManifestBroken_OldVersionServesOnAndTheReasonShows()
    {
        await using var host = new PluginTestHost();
        var folder = host.Install("Good");
        host.Registry.Scan();
        await host.CallAsync("good.version");

        await File.WriteAllTextAsync(Path.Combine(folder, "plugin.json"), "{ \"id\": \"test.good\", ");
        await host.SettleAsync();

        Assert.Equal(PluginState.Active, host.Info("test.good").State);
        Assert.Contains("not valid JSON", host.Info("test.good").Reason, StringComparison.Ordinal);
        Assert.Equal("1", await host.CallAsync("good.version"));
    }

    [Fact]
    public async Task Scan_NewVersionFailsToStart_IsTriedAgainLater()
    {
        await using var host = new PluginTestHost();
        host.Install("Misbehaving");
        host.Registry.Scan();
        await host.Registry.ActivateAsync("test.misbehaving", default);
        host.Edit("Misbehaving", manifest =>
        {
            manifest["version"] = "1.1.0";
            PluginTestHost.Mode("throw-in-start")(manifest);
        });
        await host.SettleAsync();
        int Starts() => host.Loggers.Lines.Count(line => line.Contains("cannot start", StringComparison.Ordinal));
        Assert.Equal(1, Starts());
        await host.SettleAsync();
        Assert.Equal(1, Starts());

        host.Time.Advance(host.Options.RetryDelay);
        await host.SettleAsync();

        Assert.Equal(2, Starts());
        Assert.Equal("1.0.0", host.Info("test.misbehaving").Version);
        Assert.Equal(PluginState.Active, host.Info("test.misbehaving").State);
    }

    [Fact]
    public async Task Scan_RemovedFolder_IsDrainedAndUnloadedAtTheSecondLook()
    {
        await using var host = new PluginTestHost();
        var folder = host.Install("Good");
        host.Registry.Scan();
        var held = new Held();
        var call = host.CallAsync("good.wait", sink: held.TakeAsync);
        await held.Begun;

        Directory.Delete(folder, recursive: true);
        host.Registry.Scan();
        Assert.Equal("1", await host.CallAsync("good.version"));
        host.Registry.Scan();

        Assert.Empty(host.Catalog.Routes);
        Assert.Equal(1, host.Info("test.good").InFlightCalls);
        held.Release();
        Assert.Equal("done", await call);
        await host.Registry.WhenRetiredAsync().WaitAsync(PluginTestHost.Unexpected);
        Assert.Equal(PluginState.Stopped, host.Info("test.good").State);
    }

    [Fact]
    public async Task Scan_FolderReplacedBetweenTwoLooks_LosesNoCall()
    {
        await using var host = new PluginTestHost();
        var folder = host.Install("Good");
        host.Registry.Scan();
        await host.CallAsync("good.version");

        Directory.Delete(folder, recursive: true);
        host.Registry.Scan();
        Assert.Equal("1", await host.CallAsync("good.version"));
        host.Install("GoodNext", "Good");
        await host.SettleAsync();

        Assert.Equal("2", await host.CallAsync("good.version"));
    }

    [Fact]
    public async Task Scan_RemovedFolderComesBack_ServesAgain()
    {
        await using var host = new PluginTestHost();
        var folder = host.Install("Good");
        host.Registry.Scan();
        Directory.Delete(folder, recursive: true);
        await host.SettleAsync();
        Assert.Empty(host.Catalog.Routes);

        host.Install("Good");
        await host.SettleAsync();

        Assert.Equal("1", await host.CallAsync("good.version"));
    }

    [Fact]
    public async Task Scan_MethodOfAnotherPlugin_IsBrokenUntilTheOtherLeaves()
    {
        await using var host = new PluginTestHost();
        var first = host.Install("Good", "A");
        host.Install("Good", "B", manifest => manifest["id"] = "test.duplicate");
        host.Registry.Scan();

        var duplicate = host.Info("test.duplicate");
        Assert.Equal(PluginState.Broken, duplicate.State);
        Assert.Contains("served by 'test.good'", duplicate.Reason, StringComparison.Ordinal);
        Assert.Equal("test.good", host.Catalog.Find("good.version")!.Provider);
        var since = duplicate.Since;
        host.Time.Advance(TimeSpan.FromMinutes(1));
        await host.SettleAsync();
        Assert.Equal(since, host.Info("test.duplicate").Since);

        Directory.Delete(first, recursive: true);
        await host.SettleAsync();
        await host.SettleAsync();

        Assert.Equal(PluginState.Ready, host.Info("test.duplicate").State);
        Assert.Equal("1", await host.CallAsync("good.version"));
    }

    [Fact]
    public async Task Scan_IdOfAnotherPlugin_IsBrokenAndNamesTheFolder()
    {
        await using var host = new PluginTestHost();
        host.Install("Good", "A");
        host.Install("GoodNext", "B");
        host.Registry.Scan();

        var infos = host.Registry.List();
        Assert.Equal([PluginState.Ready, PluginState.Broken], infos.Select(info => info.State));
        Assert.Contains("folder A", infos[1].Reason, StringComparison.Ordinal);
        Assert.Equal("1", await host.CallAsync("good.version"));
    }

    [Fact]
    public async Task Scan_FolderChangesItsId_TheOldIdLeaves()
    {
        await using var host = new PluginTestHost();
        host.Install("Good");
        host.Registry.Scan();
        await host.CallAsync("good.version");

        host.Edit("Good", manifest => manifest["id"] = "test.renamed");
        await host.SettleAsync();

        Assert.Equal("test.renamed", Assert.Single(host.Registry.List()).Id);
        Assert.All(host.Catalog.Routes, route => Assert.Equal("test.renamed", route.Provider));
        Assert.Equal("1", await host.CallAsync("good.version"));
    }
}
