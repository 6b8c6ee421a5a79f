using System.Diagnostics;
using EdgeHost.Capabilities.Host;
using EdgeHost.IntegrationTests.Running;
using EdgeHost.TestKit.Onnx;
using TestPlugins.ModelRunner;

namespace EdgeHost.IntegrationTests;

/// <summary>A host whose NPU fails, hangs, computes nonsense and comes back, as its callers and its operator see it.</summary>
public class FailingDeviceTests
{
    private static readonly TimeSpan StopLimit = TimeSpan.FromSeconds(30);

    [VirtualProviderFact]
    public async Task Call_WithAnNpu_RunsThereAndSaysWhy()
    {
        using var provider = VirtualProvider.Create("npu");
        var settings = VirtualNpu.Settings(provider);
        settings["Runtime:Devices:Mode"] = "Preference";
        await using var host = await RunnerHost.StartAsync([VirtualNpu.Model], settings);
        await using var client = await host.ConnectAsync("app");

        var info = await client.ExplainAsync("chain");
        var cli = await host.VerbAsync("call", "modelrunner.run", "--json", """{"model":"chain"}""", "--explain");

        Assert.Equal("npu0", info.Device);
        Assert.Equal("npu0: the model prefers NPU", info.Why);
        Assert.Equal(["chain@1.0.0"], info.Models);
        Assert.Contains("npu0: the model prefers NPU", cli.Error, StringComparison.Ordinal);
        Assert.Equal(HealthStatus.Ready, (await host.Diagnostics.HealthAsync(probe: true)).Status);
    }

    [VirtualProviderFact]
    public async Task Npu_ThatFailsUnderLoadAndHeals_CostsNoCall()
    {
        using var provider = VirtualProvider.Create("npu");
        await using var host = await RunnerHost.StartAsync([VirtualNpu.Model], VirtualNpu.Settings(provider));
        await using var first = await host.ConnectAsync("first");
        await using var second = await host.ConnectAsync("second");
        await using var third = await host.ConnectAsync("third");
        await using var load = new NpuLoad([first, second, third], callersEach: 2, "chain");
        await UntilAsync(host, load, "calls on the NPU", l => l.OnNpu >= 20);

        provider.Npu.IsDown = true;
        var before = load.OnProcessor;
        await UntilAsync(host, load, "calls on the processor", l => l.OnProcessor >= before + 20);
        await host.UntilHealthAsync("degraded because npu0 is taken out", h => h.Status == HealthStatus.Degraded && h.Problems.Any(SaysThatTheNpuIsOut));
        var explained = await host.VerbAsync("explain", "npu0");
        var doctor = await host.VerbAsync("doctor");
        var top = await host.VerbAsync("top", "--once");
        var why = (await first.ExplainAsync("chain")).Why;
        var moved = await host.Diagnostics.ExplainAsync("chain", DecisionKind.Moved);

        Assert.Contains("is taken out: 3 faults within", explained.Output, StringComparison.Ordinal);
        Assert.Contains("npu0 is ", why, StringComparison.Ordinal);
        Assert.NotEmpty(moved.Decisions);
        Assert.All(moved.Decisions, decision => Assert.DoesNotContain("ShapeInference", decision.Text, StringComparison.Ordinal));
        Assert.Contains("degraded", doctor.Output, StringComparison.Ordinal);
        Assert.Contains("npu0: ", doctor.Output, StringComparison.Ordinal);
        Assert.Contains("! npu0: ", top.Output, StringComparison.Ordinal);

        provider.Npu.Heal();
        var onNpu = load.OnNpu;
        await UntilAsync(host, load, "calls on the NPU again", l => l.OnNpu >= onNpu + 20);
        explained = await host.VerbAsync("explain", "npu0");
        await load.StopAsync();

        Assert.Empty(load.Failures);
        Assert.Contains("is healthy again", explained.Output, StringComparison.Ordinal);
        await host.UntilStatsAsync("no lease and no step left", IsAtRest);
    }

    [VirtualProviderFact]
    public async Task Npu_ThatHangsUnderLoad_CostsNoCallAndDoesNotKeepTheHostFromStopping()
    {
        using var provider = VirtualProvider.Create("npu");
        var settings = VirtualNpu.Settings(provider);
        settings["Runtime:Scheduling:HangFloor"] = "00:00:00.300";
        settings["Runtime:Scheduling:TerminationGrace"] = "00:00:00.100";
        settings["Runtime:Devices:SelfTestLimit"] = "00:00:01";
        settings["Host:ShutdownTimeout"] = "00:00:20";
        await using var host = await RunnerHost.StartAsync([VirtualNpu.Model], settings);
        await using var first = await host.ConnectAsync("first");
        await using var second = await host.ConnectAsync("second");
        await using var load = new NpuLoad([first, second], callersEach: 2, "chain");
        await UntilAsync(host, load, "calls on the NPU", l => l.OnNpu >= 20);

        provider.Npu.HangRuns = true;
        var before = load.OnProcessor;
        await UntilAsync(host, load, "calls on the processor", l => l.OnProcessor >= before + 20);
        var health = await host.UntilHealthAsync("degraded because of npu0", h => h.Status == HealthStatus.Degraded);
        var stats = await host.UntilStatsAsync(
            "npu0 out of order after a hang", s => s.Devices.Any(d => d is { Id: "npu0", Health: DeviceHealthStatus.Failed or DeviceHealthStatus.Probing, Hangs: > 0, Abandoned: > 0 }));
        await load.StopAsync();
        var stopping = Stopwatch.GetTimestamp();
        var exit = await host.Process.StopAsync(StopLimit);

        Assert.Empty(load.Failures);
        Assert.Contains(health.Problems, problem => problem.Contains("npu0", StringComparison.Ordinal));
        Assert.True(provider.Npu.Hanging > 0, "Nothing hangs any more, so the stop proved nothing.");
        Assert.True(exit == 0, $"It ended with {exit} after {Stopwatch.GetElapsedTime(stopping)}. It printed:\n{host.Process.Output}");
        Assert.Contains(stats.Devices, device => device is { Id: "npu0", HealthReason.Length: > 0 });
    }

    [VirtualProviderFact]
    public async Task Serve_OnSigterm_LetsACallOfSecondsFinish()
    {
        using var provider = VirtualProvider.Create("npu");
        await using var host = await RunnerHost.StartAsync([VirtualNpu.Model], VirtualNpu.Settings(provider));
        await using var client = await host.ConnectAsync("app");
        await client.RunAsync("chain");
        provider.Npu.LatencyFloor = TimeSpan.FromSeconds(4);
        var call = client.RunAsync("chain");
        await host.UntilStatsAsync("the step runs", s => s.Devices.Any(d => d is { Id: "npu0", Running: 1 }));

        var exit = await host.Process.StopAsync(StopLimit);

        Assert.Equal(["npu0"], (await call).Devices);
        Assert.True(exit == 0, $"It ended with {exit}. It printed:\n{host.Process.Output}");
    }

    [VirtualProviderFact]
    public async Task Serve_OnSigtermWhileAStepHangs_EndsByItsLimitAndSaysSo()
    {
        using var provider = VirtualProvider.Create("npu");
        var settings = VirtualNpu.Settings(provider);
        settings["Host:ShutdownTimeout"] = "00:00:01";
        await using var host = await RunnerHost.StartAsync([VirtualNpu.Model], settings);
        await using var client = await host.ConnectAsync("app");
        await client.RunAsync("chain");
        provider.Npu.HangRuns = true;
        var call = client.RunAsync("chain");
        await host.UntilStatsAsync("the step runs", s => s.Devices.Any(d => d is { Id: "npu0", Running: 1 }));

        var exit = await host.Process.StopAsync(StopLimit);

        Assert.Equal(1, exit);
        Assert.Contains("did not stop within 00:00:01", host.Process.Output, StringComparison.Ordinal);
        Assert.Equal(ErrorCode.Unavailable, (await Assert.ThrowsAsync<EdgeHostException>(() => call)).Code);
    }

    [VirtualProviderFact]
    public async Task Npu_ThatHangsAndThenGoesOn_IsUsedAgain()
    {
        using var provider = VirtualProvider.Create("npu");
        var settings = VirtualNpu.Settings(provider);
        settings["Runtime:Scheduling:HangFloor"] = "00:00:00.300";
        settings["Runtime:Scheduling:TerminationGrace"] = "00:00:00.100";
        settings["Runtime:Devices:SelfTestLimit"] = "00:00:01";
        await using var host = await RunnerHost.StartAsync([VirtualNpu.Model], settings);
        await using var client = await host.ConnectAsync("app");
        await client.RunAsync("chain");

        provider.Npu.HangRuns = true;
        var meanwhile = await client.RunAsync("chain");
        var whileOut = (await client.ExplainAsync("chain")).Why;
        provider.Npu.HangRuns = false;
        await host.UntilStatsAsync("npu0 healthy", s => s.Devices.Any(d => d is { Id: "npu0", Health: DeviceHealthStatus.Healthy }));
        var after = await client.ExplainAsync("chain");

        Assert.Equal(["cpu"], meanwhile.Devices);
        Assert.Contains("npu0 is ", whileOut, StringComparison.Ordinal);
        Assert.Equal("npu0", after.Device);
        await host.UntilStatsAsync("no lease and no step left", IsAtRest);
    }

    [VirtualProviderFact]
    public async Task Npu_ThatHangsInALoad_TheModelIsLoadedElsewhere()
    {
        using var provider = VirtualProvider.Create("npu");
        var settings = VirtualNpu.Settings(provider);
        settings["Runtime:Pool:LoadTimeout"] = "00:00:01";
        settings["Runtime:Devices:SelfTestLimit"] = "00:00:02";
        await using var host = await RunnerHost.StartAsync([VirtualNpu.Model, VirtualNpu.Model with { Id = "other" }], settings);
        await using var client = await host.ConnectAsync("app");
        Assert.Equal(["npu0"], (await client.RunAsync("chain")).Devices);

        provider.Npu.HangLoads = true;
        var info = await client.ExplainAsync("other");
        var health = await host.Diagnostics.HealthAsync();
        provider.Npu.HangLoads = false;
        await host.UntilStatsAsync("npu0 healthy", s => s.Devices.Any(d => d is { Id: "npu0", Health: DeviceHealthStatus.Healthy }));

        Assert.Equal("cpu", info.Device);
        Assert.StartsWith("npu0 failed (", info.Why, StringComparison.Ordinal);
        Assert.Equal(HealthStatus.Degraded, health.Status);
        Assert.Equal("npu0", (await client.ExplainAsync("other")).Device);
        await host.UntilStatsAsync("no lease and no step left", IsAtRest);
    }

    [VirtualProviderFact]
    public async Task Npu_ThatFailsInAStepThatMayNotBeRepeated_FailsThatCallAndSaysSo()
    {
        using var provider = VirtualProvider.Create("npu");
        await using var host = await RunnerHost.StartAsync([VirtualNpu.Model], VirtualNpu.Settings(provider));
        await using var client = await host.ConnectAsync("app");
        await client.RunAsync("chain");

        provider.Npu.FailRuns = 1;
        var error = await Assert.ThrowsAsync<EdgeHostException>(() => client.RunAsync(new RunRequest { Model = "chain", IsRepeatable = false }));
        var next = await client.RunAsync("chain");

        Assert.Equal(ErrorCode.Unavailable, error.Code);
        Assert.Contains("npu0 failed during a step of 'chain@1.0.0' that may not be repeated", error.Message, StringComparison.Ordinal);
        Assert.Equal(["npu0"], next.Devices);
    }

    [VirtualProviderFact]
    public async Task Npu_ThatComputesNonsense_IsNeverUsed()
    {
        using var provider = VirtualProvider.Create("npu");
        provider.Npu.IsWrong = true;
        await using var host = await RunnerHost.StartAsync([VirtualNpu.Model], VirtualNpu.Settings(provider));
        await using var client = await host.ConnectAsync("app");

        var info = await client.ExplainAsync("chain");
        var health = await host.Diagnostics.HealthAsync();
        var stats = await host.Diagnostics.StatsAsync();

        Assert.Equal("cpu", info.Device);
        Assert.Contains("npu0 is ", info.Why, StringComparison.Ordinal);
        Assert.Contains("self-test", info.Why, StringComparison.Ordinal);
        Assert.Equal(HealthStatus.Degraded, health.Status);
        Assert.DoesNotContain(stats.Models, model => model.Device == "npu0");
        Assert.DoesNotContain(stats.Devices, device => device is { Id: "npu0", Completed: > 0 });
    }

    [VirtualProviderFact]
    public async Task Policies_OfApps_AreKeptWhileTheNpuIsOutOfOrder()
    {
        using var provider = VirtualProvider.Create("npu");
        var settings = VirtualNpu.Settings(provider);
        settings["Runtime:Devices:Apps"] = """{ "kiosk": { "Require": [ "Npu" ] }, "indexer": { "Avoid": [ "Npu" ] }, "gamer": { "Require": [ "Gpu" ] } }""";
        await using var host = await RunnerHost.StartAsync([VirtualNpu.Model], settings);
        await using var kiosk = await host.ConnectAsync("kiosk");
        await using var indexer = await host.ConnectAsync("indexer");
        await using var gamer = await host.ConnectAsync("gamer");

        var required = await kiosk.ExplainAsync("chain");
        var avoided = await indexer.ExplainAsync("chain");
        var missing = await Assert.ThrowsAsync<EdgeHostException>(() => gamer.RunAsync("chain"));
        provider.Npu.IsDown = true;
        EdgeHostException? refused = null;
        await Until.HoldsAsync(
            "the app that requires an NPU is told that it is out of order",
            async () => refused = await Assert.ThrowsAsync<EdgeHostException>(() => kiosk.RunAsync("chain")),
            error => error.Message.Contains("out of order", StringComparison.Ordinal),
            error => $"{error.Code}: {error.Message}",
            () => host.Process.Output);
        var goesOn = await indexer.RunAsync("chain");
        var explained = await host.VerbAsync("explain", "kiosk");
        provider.Npu.Heal();
        await host.UntilStatsAsync("npu0 healthy", s => s.Devices.Any(d => d is { Id: "npu0", Health: DeviceHealthStatus.Healthy }));
        var again = await kiosk.RunAsync("chain");

        Assert.Equal("npu0", required.Device);
        Assert.Contains("kiosk", required.Why, StringComparison.Ordinal);
        Assert.Equal("cpu", avoided.Device);
        Assert.Contains("npu0 is to be avoided", avoided.Why, StringComparison.Ordinal);
        Assert.Equal(ErrorCode.FailedPrecondition, missing.Code);
        Assert.Contains("it has cpu, npu0", missing.Message, StringComparison.Ordinal);
        Assert.Equal(ErrorCode.Unavailable, refused!.Code);
        Assert.NotNull(refused.RetryAfter);
        Assert.Contains("refused", explained.Output, StringComparison.Ordinal);
        Assert.Contains("No device can run 'chain@1.0.0' now: npu0 ", explained.Output, StringComparison.Ordinal);
        Assert.Equal(["cpu"], goesOn.Devices);
        Assert.Equal(["npu0"], again.Devices);
    }

    // The reason changes with each self-test that fails meanwhile.
    private static bool SaysThatTheNpuIsOut(string problem)
        => problem.Contains("npu0: out of order", StringComparison.Ordinal) || problem.Contains("npu0: being tested", StringComparison.Ordinal);

    private static bool IsAtRest(StatsResponse stats)
        => stats is { ActiveCalls: 0, Pool.Leases: 0 }
            && stats.Devices.All(static d => d is { Running: 0, QueuedInteractive: 0, QueuedNormal: 0, QueuedBackground: 0, QueuedTraining: 0 });

    private static Task<NpuLoad> UntilAsync(RunnerHost host, NpuLoad load, string expected, Func<NpuLoad, bool> holds)
        => Until.HoldsAsync(
            expected,
            () => Task.FromResult(load),
            l => holds(l) || l.Failures.Count > 0,
            static l => $"{l.OnNpu} on the NPU, {l.OnProcessor} on the processor, failed: {string.Join("; ", l.Failures)}",
            () => host.Process.Output);
}
