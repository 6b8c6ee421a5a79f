using EdgeHost.PluginHost.Tests.Support;
using EdgeHost.PluginSdk;

namespace EdgeHost.PluginHost.Tests.Activation;

public sealed class PluginFailureTests
{
    [Theory]
    [InlineData("throw-in-configure", "Configure failed", "MisbehaviourException: Configure is not in the mood.")]
    [InlineData("throw-in-start", "StartAsync failed", "MisbehaviourException: StartAsync is not in the mood.")]
    [InlineData("forget-capability", "bad.ignore", "bad.ignore")]
    [InlineData("extra-capability", "Configure failed", "'bad.extra' is not listed in the manifest's capabilities")]
    [InlineData("unlisted-model", "Configure failed", "names the model 'secret', which is not listed")]
    public async Task Call_PluginThatCannotStart_IsUnavailableWithReasonAndOthersWork(string mode, string forApp, string forOperator)
    {
        await using var host = new PluginTestHost();
        host.Install("Misbehaving", edit: PluginTestHost.Mode(mode));
        host.Install("Good");
        host.Registry.Scan();

        var error = await Assert.ThrowsAsync<EdgeHostException>(() => host.CallAsync("bad.call"));

        Assert.Equal(ErrorCode.Unavailable, error.Code);
        Assert.Contains(forApp, error.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("mood", error.Message, StringComparison.Ordinal);
        Assert.Equal(host.Options.RetryDelay, error.RetryAfter);
        var info = host.Info("test.misbehaving");
        Assert.Equal(PluginState.Broken, info.State);
        Assert.Contains(forOperator, info.Reason, StringComparison.Ordinal);
        Assert.Equal("1", await host.CallAsync("good.version"));
    }

    [Fact]
    public async Task Call_AfterFailedStart_TriesAgainOnlyAfterADelayThatDoubles()
    {
        await using var host = new PluginTestHost();
        host.Install("Misbehaving", edit: PluginTestHost.Mode("throw-in-start"));
        host.Registry.Scan();
        int Starts() => host.Loggers.Lines.Count(line => line.Contains("cannot start", StringComparison.Ordinal));
        async Task<TimeSpan?> RetryAfter() => (await Assert.ThrowsAsync<EdgeHostException>(() => host.CallAsync("bad.call"))).RetryAfter;

        for (var i = 0; i < 10; i++) Assert.Equal(TimeSpan.FromSeconds(1), await RetryAfter());
        Assert.Equal(1, Starts());

        host.Time.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal(TimeSpan.FromSeconds(2), await RetryAfter());
        Assert.Equal(2, Starts());

        host.Time.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal(TimeSpan.FromSeconds(1), await RetryAfter());
        Assert.Equal(2, Starts());

        for (var i = 0; i < 12; i++)
        {
            host.Time.Advance(host.Options.MaxRetryDelay);
            Assert.InRange((await RetryAfter())!.Value, TimeSpan.FromSeconds(1), host.Options.MaxRetryDelay);
        }

        Assert.Equal(host.Options.MaxRetryDelay, await RetryAfter());
    }

    [Theory]
    [InlineData("hang-in-start")]
    [InlineData("block-in-start")]
    public async Task Call_PluginThatHangsAtStart_IsUnavailableAfterTheTimeout(string mode)
    {
        await using var host = new PluginTestHost();
        host.Install("Misbehaving", edit: PluginTestHost.Mode(mode));
        host.Install("Good");
        host.Registry.Scan();

        var call = host.CallAsync("bad.call");
        await host.Time.WaitBegun(host.Options.StartTimeout);
        Assert.Equal(PluginState.Starting, host.Info("test.misbehaving").State);
        Assert.Equal("1", await host.CallAsync("good.version"));
        host.Time.Advance(host.Options.StartTimeout);
        var error = await Assert.ThrowsAsync<EdgeHostException>(() => call.WaitAsync(PluginTestHost.Unexpected));

        Assert.Equal(ErrorCode.Unavailable, error.Code);
        Assert.Contains("takes too long", error.Message, StringComparison.Ordinal);
        Assert.Equal(PluginState.Broken, host.Info("test.misbehaving").State);
    }

    [Fact]
    public async Task Call_CallerGivesUpDuringStart_StartGoesOn()
    {
        await using var host = new PluginTestHost();
        host.Install("Good");
        host.Registry.Scan();
        using var gone = new CancellationTokenSource();
        await gone.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => host.CallAsync("good.version", cancellationToken: gone.Token));

        Assert.Equal("1", await host.CallAsync("good.version"));
        Assert.Single(host.Loggers.Lines, line => line.Contains("was started", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Call_HandlerThrows_IsInternalWithoutItsTextAndCostsOnlyThatCall()
    {
        await using var host = new PluginTestHost();
        host.Install("Misbehaving");
        host.Registry.Scan();

        var error = await Assert.ThrowsAsync<EdgeHostException>(() => host.CallAsync("bad.call"));

        Assert.Equal(ErrorCode.Internal, error.Code);
        Assert.DoesNotContain("secret", error.Message, StringComparison.Ordinal);
        Assert.Null(error.InnerException);
        Assert.Contains(host.Loggers.Lines, line => line.StartsWith("Error test.misbehaving", StringComparison.Ordinal) && line.EndsWith("MisbehaviourException", StringComparison.Ordinal));
        var info = host.Info("test.misbehaving");
        Assert.Equal(PluginState.Active, info.State);
        Assert.Equal(1, info.Calls);
        Assert.Equal(1, info.FailedCalls);
        Assert.Equal(0, info.InFlightCalls);
    }

    [Fact]
    public async Task Call_HangingHandler_EndsWhenTheCallerCancels()
    {
        await using var host = new PluginTestHost();
        host.Install("Misbehaving");
        host.Registry.Scan();
        using var caller = new CancellationTokenSource();
        var held = new Held();
        var call = host.CallAsync("bad.hang", sink: held.TakeAsync, cancellationToken: caller.Token);
        await held.Begun;
        Assert.Equal(1, host.Info("test.misbehaving").InFlightCalls);

        await caller.CancelAsync();

        var error = await Assert.ThrowsAnyAsync<OperationCanceledException>(() => call.WaitAsync(PluginTestHost.Unexpected));
        Assert.Equal(caller.Token, error.CancellationToken);
        Assert.Equal(0, host.Info("test.misbehaving").InFlightCalls);
        Assert.Equal(0, host.Info("test.misbehaving").FailedCalls);
    }

    [Fact]
    public async Task Stop_HangingCall_IsCancelledAfterTheDrainTimeout()
    {
        await using var host = new PluginTestHost();
        host.Install("Misbehaving");
        host.Registry.Scan();
        var held = new Held();
        var call = host.CallAsync("bad.hang", sink: held.TakeAsync);
        await held.Begun;

        var stop = host.Registry.StopAsync();
        await host.Time.WaitBegun(host.Options.DrainTimeout);
        Assert.Equal(PluginState.Draining, host.Info("test.misbehaving").State);
        Assert.False(call.IsCompleted);
        host.Time.Advance(host.Options.DrainTimeout);

        var error = await Assert.ThrowsAsync<EdgeHostException>(() => call.WaitAsync(PluginTestHost.Unexpected));
        Assert.Equal(ErrorCode.Unavailable, error.Code);
        await stop.WaitAsync(PluginTestHost.Unexpected);
    }

    [Fact]
    public async Task Stop_CallThatIgnoresItsToken_IsAbandoned()
    {
        await using var host = new PluginTestHost();
        host.Install("Misbehaving");
        host.Registry.Scan();
        var held = new Held(holdFrom: 0);
        var call = host.CallAsync("bad.ignore", sink: held.TakeAsync);
        await held.Begun;

        var stop = host.Registry.StopAsync();
        await host.Time.WaitBegun(host.Options.DrainTimeout);
        host.Time.Advance(host.Options.DrainTimeout);
        await host.Time.WaitBegun(host.Options.StopTimeout);
        host.Time.Advance(host.Options.StopTimeout);
        await stop.WaitAsync(PluginTestHost.Unexpected);

        Assert.Contains(host.Loggers.Lines, line => line.Contains("1 calls ignore their cancellation", StringComparison.Ordinal));
        held.Release();
        await call.WaitAsync(PluginTestHost.Unexpected);
    }

    [Fact]
    public async Task Stop_PluginThatThrowsInStop_IsUnloadedAllTheSame()
    {
        await using var host = new PluginTestHost();
        host.Install("Misbehaving", edit: PluginTestHost.Mode("throw-in-stop"));
        host.Registry.Scan();
        await host.Registry.ActivateAsync("test.misbehaving", default);

        await host.Registry.StopAsync().WaitAsync(PluginTestHost.Unexpected);

        Assert.Equal(PluginState.Stopped, host.Info("test.misbehaving").State);
        Assert.Contains(host.Loggers.Lines, line => line.Contains("StopAsync failed", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Call_PluginWithMissingAssembly_SaysWhichOne()
    {
        await using var host = new PluginTestHost();
        host.Install("MissingDependency");
        host.Registry.Scan();

        var error = await Assert.ThrowsAsync<EdgeHostException>(() => host.CallAsync("missing.greet"));

        Assert.Equal(ErrorCode.Unavailable, error.Code);
        var info = host.Info("test.missing_dependency");
        Assert.Equal(PluginState.Broken, info.State);
        Assert.Contains("TestPlugins.Dependency", info.Reason, StringComparison.Ordinal);
        Assert.DoesNotContain(host.Root, error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Call_PluginBuiltAgainstANewerContract_SaysBothVersions()
    {
        await using var host = new PluginTestHost();
        var folder = host.Install("NewerContract");
        var sdk = Path.Combine(EdgeHost.TestKit.Repository.Artifacts, "bin", "TestPlugins.NewerContractSdk", EdgeHost.TestKit.Repository.Configuration, "EdgeHost.PluginSdk.dll");
        File.Copy(sdk, Path.Combine(folder, "EdgeHost.PluginSdk.dll"));
        host.Registry.Scan();

        await Assert.ThrowsAsync<EdgeHostException>(() => host.CallAsync("newer.call"));

        var info = host.Info("test.newer_contract");
        Assert.Equal(PluginState.Broken, info.State);
        Assert.Contains("EdgeHost.PluginSdk 99.0.0.0", info.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Call_PluginThatShipsTheContract_GetsTheHostsCopy()
    {
        await using var host = new PluginTestHost();
        var folder = host.Install("Good");
        foreach (var assembly in new[] { typeof(EdgeHostPlugin).Assembly, typeof(ErrorCode).Assembly })
        {
            File.Copy(assembly.Location, Path.Combine(folder, Path.GetFileName(assembly.Location)));
        }

        host.Registry.Scan();

        Assert.Equal("1", await host.CallAsync("good.version"));
    }

    [Fact]
    public async Task Call_EntryIsNoAssembly_IsBroken()
    {
        await using var host = new PluginTestHost();
        var folder = host.Install("Good");
        await File.WriteAllBytesAsync(Path.Combine(folder, "TestPlugins.Good.dll"), new byte[5000]);
        host.Registry.Scan();

        await Assert.ThrowsAsync<EdgeHostException>(() => host.CallAsync("good.version"));

        Assert.Contains("not a .NET assembly", host.Info("test.good").Reason, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Call_EntryWithoutEntryPoint_IsBroken()
    {
        await using var host = new PluginTestHost();
        var folder = host.Install("Good");
        File.Copy(typeof(ErrorCode).Assembly.Location, Path.Combine(folder, "Empty.dll"));
        host.Edit("Good", manifest => manifest["entry"] = "Empty.dll");
        host.Registry.Scan();

        await Assert.ThrowsAsync<EdgeHostException>(() => host.CallAsync("good.version"));

        Assert.Contains("exactly one public, non-abstract subclass", host.Info("test.good").Reason, StringComparison.Ordinal);
    }
}
