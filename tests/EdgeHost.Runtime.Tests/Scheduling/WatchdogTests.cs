using EdgeHost.Runtime.Decisions;
using EdgeHost.Runtime.Devices;

namespace EdgeHost.Runtime.Tests.Scheduling;

/// <summary>Runs that take too long, and runs that do not come back.</summary>
public sealed class WatchdogTests
{
    [Fact]
    public async Task Run_OverItsLimitAndEndsWhenTold_IsTheModelsFault()
    {
        await using var rig = new SchedulerRig();
        rig.Latencies.Know("loops", 1_000);
        rig.Block("loops");
        var run = await rig.StartAsync(await rig.RequestAsync("loops"));

        rig.Runtime.Time.Advance(TimeSpan.FromSeconds(19.9));
        Assert.False(run.IsCompleted);
        rig.Runtime.Time.Advance(TimeSpan.FromSeconds(0.2));

        var e = await Assert.ThrowsAsync<EdgeHostException>(() => run);
        Assert.Equal(ErrorCode.DeadlineExceeded, e.Code);
        Assert.Contains("'loops'", e.Message, StringComparison.Ordinal);
        Assert.Contains("20.0 s", e.Message, StringComparison.Ordinal);
        Assert.DoesNotContain(rig.Health.Events, text => text.StartsWith("hung", StringComparison.Ordinal));
        Assert.Single(rig.Runtime.Get<IDecisionLog>().Find("loops", DecisionKind.Step, 9));
        await rig.Scheduler.RunAsync(await rig.RequestAsync("next"), CancellationToken.None);
    }

    [Theory]
    [InlineData(1, 10)]
    [InlineData(3_600_000, 120)]
    [InlineData(null, 120)]
    public async Task Run_Limit_IsBetweenTheFloorAndTheStepTimeLimit(int? expected, double seconds)
    {
        await using var rig = new SchedulerRig();
        if (expected is { } milliseconds) rig.Latencies.Know("m", milliseconds);
        rig.Block("m");
        var run = await rig.StartAsync(await rig.RequestAsync("m"));

        rig.Runtime.Time.Advance(TimeSpan.FromSeconds(seconds - 0.1));
        Assert.False(run.IsCompleted);
        rig.Runtime.Time.Advance(TimeSpan.FromSeconds(0.2));

        await Assert.ThrowsAsync<EdgeHostException>(() => run);
    }

    [Fact]
    public async Task Run_DoesNotComeBackOnTheProcessor_IsGivenUpAndItsSlotReplaced()
    {
        await using var rig = new SchedulerRig();
        var gate = rig.Block("stuck", isDeaf: true);
        var request = await rig.RequestAsync("stuck");
        var run = await rig.StartAsync(request);

        rig.Runtime.Time.Advance(TimeSpan.FromMinutes(2.01));
        Assert.False(run.IsCompleted);
        rig.Runtime.Time.Advance(TimeSpan.FromSeconds(2.01));

        var fault = await Assert.ThrowsAsync<DeviceFaultException>(() => run);
        Assert.Equal(("cpu", true, false), (fault.Device, fault.HasStarted, fault.RunEnded!.IsCompleted));
        Assert.Contains("hung cpu stuck", rig.Health.Events);
        Assert.Equal((1, 0), (rig.Queue.Abandoned, rig.Queue.Running));
        Assert.Equal("stuck", rig.Queue.OldestRunModel);
        rig.Health.Set("cpu", DeviceHealthState.Healthy);
        await rig.Scheduler.RunAsync(await rig.RequestAsync("next"), CancellationToken.None).WaitAsync(TimeSpan.FromSeconds(30));

        gate.Set();
        await fault.RunEnded.WaitAsync(TimeSpan.FromSeconds(30));
        Assert.Null(rig.Queue.OldestRunModel);
        await rig.Scheduler.RunAsync(await rig.RequestAsync("next"), CancellationToken.None);
        Assert.Empty(rig.Engine.Faults);
        Assert.True(Assert.Single(rig.BlockedOutputs).IsDisposed, "The outputs of the run that was given up live on.");
    }

    [Fact]
    public async Task Run_DoesNotComeBackOnAnNpu_TakesItOutOfServiceUntilItEnds()
    {
        await using var rig = new SchedulerRig(devices: [SchedulerRig.Npu]);
        var gate = rig.Block("stuck", isDeaf: true);
        var run = await rig.StartAsync(await rig.RequestAsync("stuck"));
        var queued = rig.Scheduler.RunAsync(await rig.RequestAsync("queued"), CancellationToken.None);

        rig.Runtime.Time.Advance(TimeSpan.FromMinutes(2.01));
        rig.Runtime.Time.Advance(TimeSpan.FromSeconds(2.01));

        var fault = await Assert.ThrowsAsync<DeviceFaultException>(() => run);
        Assert.False((await Assert.ThrowsAsync<DeviceFaultException>(() => queued)).HasStarted);
        rig.Health.Set("npu0", DeviceHealthState.Healthy);
        var refused = await rig.RequestAsync("refused");
        await Assert.ThrowsAsync<DeviceFaultException>(() => rig.Scheduler.RunAsync(refused, CancellationToken.None));
        gate.Set();
        await fault.RunEnded!.WaitAsync(TimeSpan.FromSeconds(30));
        await rig.Scheduler.RunAsync(refused, CancellationToken.None).WaitAsync(TimeSpan.FromSeconds(30));
    }

    [Fact]
    public async Task Run_MoreDoNotComeBackThanThereAreReplacements_LosesTheSlotUntilOneDoes()
    {
        await using var rig = new SchedulerRig();
        var gates = new[] { rig.Block("stuck0", isDeaf: true), rig.Block("stuck1", isDeaf: true) };
        var ends = new List<Task>();
        for (var i = 0; i < 2; i++)
        {
            var run = await rig.StartAsync(await rig.RequestAsync($"stuck{i}"));
            rig.Runtime.Time.Advance(TimeSpan.FromMinutes(2.01));
            rig.Runtime.Time.Advance(TimeSpan.FromSeconds(2.01));
            ends.Add((await Assert.ThrowsAsync<DeviceFaultException>(() => run)).RunEnded!);
            rig.Health.Set("cpu", DeviceHealthState.Healthy);
        }

        var request = await rig.RequestAsync("next");
        await Assert.ThrowsAsync<DeviceFaultException>(() => rig.Scheduler.RunAsync(request, CancellationToken.None));
        gates[1].Set();
        await ends[1].WaitAsync(TimeSpan.FromSeconds(30));
        await rig.Scheduler.RunAsync(request, CancellationToken.None).WaitAsync(TimeSpan.FromSeconds(30));
        gates[0].Set();
        await ends[0].WaitAsync(TimeSpan.FromSeconds(30));
        await rig.Scheduler.RunAsync(request, CancellationToken.None).WaitAsync(TimeSpan.FromSeconds(30));
    }

    [Fact]
    public async Task Run_CancelledAndSlowToEnd_IsNotTakenToHangBeforeItsLimit()
    {
        await using var rig = new SchedulerRig(devices: [SchedulerRig.Npu]);
        var gate = rig.Block("fused", isDeaf: true);
        using var cancellation = new CancellationTokenSource();
        var run = await rig.StartAsync(await rig.RequestAsync("fused"), cancellation.Token);
        await cancellation.CancelAsync();

        rig.Runtime.Time.Advance(TimeSpan.FromSeconds(60));
        rig.Runtime.Time.Advance(TimeSpan.FromSeconds(10));

        Assert.Equal((0, 1), (rig.Queue.Abandoned, rig.Queue.Running));
        gate.Set();
        await run;
    }

    [Fact]
    public async Task Run_ManyShortOnes_AreNotTroubled()
    {
        await using var rig = new SchedulerRig();
        var request = await rig.RequestAsync("m", onCaller: true);
        for (var i = 0; i < 200; i++)
        {
            await rig.Scheduler.RunAsync(request, CancellationToken.None);
            rig.Runtime.Time.Advance(TimeSpan.FromSeconds(1));
        }

        Assert.Equal((200, 0, 0), (rig.Queue.Completed, rig.Queue.Failed, rig.Queue.Abandoned));
    }
}
