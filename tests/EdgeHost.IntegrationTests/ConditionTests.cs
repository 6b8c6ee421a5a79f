using EdgeHost.Capabilities.Host;
using EdgeHost.IntegrationTests.Running;
using EdgeHost.TestKit;

namespace EdgeHost.IntegrationTests;

/// <summary>A host whose machine runs low on battery or memory: what rests, what leaves, and what comes back.</summary>
public sealed class ConditionTests : IDisposable
{
    private readonly FakeMachine _machine = new();

    public void Dispose() => _machine.Dispose();

    [Fact]
    public async Task Battery_Low_BackgroundWorkRestsAndGoesOnOnMains()
    {
        await using var host = await RunnerHost.StartAsync([Model("small", 16)], _machine.Settings());
        await using var client = await host.ConnectAsync("app");
        await client.RunAsync("small", CallPriority.Background);

        _machine.SetPower(isOnMains: false, percent: 15);
        await host.UntilStatsAsync("background work rests", s => s.Conditions.MinimumPriority == CallPriority.Normal);
        var resting = client.RunAsync("small", CallPriority.Background);
        var waiting = await host.UntilStatsAsync("one background step waits", s => s.Devices.Any(d => d is { Id: "cpu", QueuedBackground: 1 }));
        await client.RunAsync("small", CallPriority.Interactive);
        await client.RunAsync("small", CallPriority.Normal);
        var stillWaiting = await host.Diagnostics.StatsAsync();
        var health = await host.Diagnostics.HealthAsync();
        var top = await host.VerbAsync("top", "--once");
        _machine.SetPower(isOnMains: true, percent: 15);
        await resting;
        var explained = await host.VerbAsync("explain", "machine");

        Assert.True(waiting.Conditions is { OnBattery: true, BatteryPercent: 15 }, waiting.Conditions.Reason);
        Assert.Contains("15 %", waiting.Conditions.Reason, StringComparison.Ordinal);
        Assert.Contains(stillWaiting.Devices, device => device is { Id: "cpu", QueuedBackground: 1 });
        Assert.Equal(HealthStatus.Ready, health.Status);
        Assert.Contains("15 %", top.Output, StringComparison.Ordinal);
        Assert.Contains("battery", explained.Output, StringComparison.Ordinal);
        Assert.Contains("all classes of work go on", explained.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Battery_Low_RestingCallsOfAClientThatVanishesLeave()
    {
        await using var host = await RunnerHost.StartAsync([Model("small", 16)], _machine.Settings());
        var client = await host.ConnectAsync("app");
        await client.RunAsync("small");
        _machine.SetPower(isOnMains: false, percent: 15);
        await host.UntilStatsAsync("background work rests", s => s.Conditions.MinimumPriority == CallPriority.Normal);
        using var cancel = new CancellationTokenSource();
        var cancelled = client.RunAsync("small", CallPriority.Background, cancellationToken: cancel.Token);
        var left = client.RunAsync("small", CallPriority.Background);
        await host.UntilStatsAsync("two background steps wait", s => s.Devices.Any(d => d is { Id: "cpu", QueuedBackground: 2 }));

        await cancel.CancelAsync();
        await host.UntilStatsAsync("one background step waits", s => s.Devices.Any(d => d is { Id: "cpu", QueuedBackground: 1 }));
        await client.DisposeAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => cancelled);
        await Assert.ThrowsAsync<EdgeHostException>(() => left);
        await host.UntilStatsAsync("nothing waits", s => s is { ActiveCalls: 0, Pool.Leases: 0 } && s.Devices.All(d => d.QueuedBackground == 0));
    }

    [Fact]
    public async Task Memory_Short_IdleModelsLeaveAndTheBudgetGrowsBack()
    {
        var settings = _machine.Settings();
        settings["Runtime:Pool:BudgetBytes"] = "200 MiB";
        settings["Runtime:Pool:GrowBackInterval"] = "00:00:01";
        await using var host = await RunnerHost.StartAsync([Model("first", 512), Model("second", 512)], settings);
        await using var client = await host.ConnectAsync("app");
        await client.RunAsync("first");
        await client.RunAsync("second");
        var before = await host.UntilStatsAsync("two idle models", s => s is { Models.Count: 2, Pool.Leases: 0 });

        _machine.SetMemoryPressure(some: 40, full: 0);
        var small = await host.UntilStatsAsync(
            "a model left and the budget shrank", s => s.Pool.Evictions > 0 && s.Pool.BudgetBytes < s.Pool.ConfiguredBudgetBytes && s.Pool.LeavingBytes == 0);
        await client.RunAsync("first");
        await client.RunAsync("second");
        _machine.SetMemoryPressure(some: 0, full: 0);
        var grown = await host.UntilStatsAsync("the budget grew back", s => s.Pool.BudgetBytes > small.Pool.BudgetBytes);
        var explained = await host.VerbAsync("explain", "--kind", "budget");

        Assert.Equal(before.Pool.ConfiguredBudgetBytes, before.Pool.BudgetBytes);
        Assert.Equal(MemoryPressureStatus.Some, small.Conditions.Memory);
        Assert.True(small.Pool.UsedBytes < before.Pool.UsedBytes, $"{before.Pool.UsedBytes} then {small.Pool.UsedBytes}");
        Assert.Equal(MemoryPressureStatus.None, grown.Conditions.Memory);
        Assert.Contains("The budget shrank from 200.0 MiB", explained.Output, StringComparison.Ordinal);
        Assert.Contains("The budget grew back to", explained.Output, StringComparison.Ordinal);
    }

    private static TestModel Model(string id, int size) => new(id, OnnxGraph.MatMul(size, 0.01f).ToModel());
}
