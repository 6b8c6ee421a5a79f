using EdgeHost.Runtime.Devices;
using EdgeHost.TestKit;

namespace EdgeHost.Runtime.Tests.Scheduling;

/// <summary>What the scheduler tells health, and what health tells the scheduler.</summary>
public sealed class DeviceServiceTests : IAsyncLifetime
{
    private readonly SchedulerRig _rig = new();

    public Task InitializeAsync() => Task.CompletedTask;

    public async Task DisposeAsync() => await _rig.DisposeAsync();

    [Fact]
    public async Task RunAsync_DeviceFault_IsReportedAndPassedOnAsStarted()
    {
        _rig.Engine.Describe("faulty", new SimulatedModel { OnRun = (_, _) => throw new DeviceFaultException("cpu", "burnt out") });
        var request = await _rig.RequestAsync("faulty");

        var fault = await Assert.ThrowsAsync<DeviceFaultException>(() => _rig.Scheduler.RunAsync(request, CancellationToken.None));
        await _rig.Scheduler.RunAsync(await _rig.RequestAsync("fine"), CancellationToken.None);

        Assert.True(fault.HasStarted);
        Assert.Contains("burnt out", fault.Message, StringComparison.Ordinal);
        Assert.Equal(["fault cpu faulty", "ok cpu"], _rig.Health.Events);
        Assert.Equal((1, 1), (_rig.Queue.Failed, _rig.Queue.Completed));
    }

    [Fact]
    public async Task RunAsync_ModelsOwnError_IsNotTheDevicesFault()
    {
        _rig.Engine.Describe("bad", new SimulatedModel { OnRun = (_, _) => throw new EdgeHostException(ErrorCode.InvalidArgument, "no") });
        var request = await _rig.RequestAsync("bad");

        await Assert.ThrowsAsync<EdgeHostException>(() => _rig.Scheduler.RunAsync(request, CancellationToken.None));

        Assert.Empty(_rig.Health.Events);
    }

    [Fact]
    public async Task OnHealth_DeviceFails_WhatWaitsIsGivenBackUnstartedAndNewStepsAreRefused()
    {
        var gate = _rig.Block("running");
        var running = await _rig.StartAsync(await _rig.RequestAsync("running"));
        var queued = _rig.Scheduler.RunAsync(await _rig.RequestAsync("queued"), CancellationToken.None);

        _rig.Health.Set("cpu", DeviceHealthState.Failed);

        var fault = await Assert.ThrowsAsync<DeviceFaultException>(() => queued);
        Assert.Equal(("cpu", false, null), (fault.Device, fault.HasStarted, fault.RunEnded));
        var request = await _rig.RequestAsync("new");
        await Assert.ThrowsAsync<DeviceFaultException>(() => _rig.Scheduler.RunAsync(request, CancellationToken.None));
        gate.Set();
        await running;
        _rig.Health.Set("cpu", DeviceHealthState.Suspect);
        await _rig.Scheduler.RunAsync(request, CancellationToken.None);
        Assert.Equal(["running", "new"], _rig.Engine.Runs);
    }

    [Fact]
    public async Task RunAsync_HopelessDeadline_IsRefusedWithFiguresAndATimeToRetry()
    {
        _rig.Latencies.Know("running", 100).Know("m", 50);
        var gate = _rig.Block("running");
        var running = await _rig.StartAsync(await _rig.RequestAsync("running"));
        var request = await _rig.RequestAsync("m", deadline: _rig.Runtime.Time.GetUtcNow().AddMilliseconds(120));

        var e = await Assert.ThrowsAsync<EdgeHostException>(() => _rig.Scheduler.RunAsync(request, CancellationToken.None));

        Assert.Equal((ErrorCode.ResourceExhausted, TimeSpan.FromMilliseconds(30)), (e.Code, e.RetryAfter));
        Assert.Contains("120 ms", e.Message, StringComparison.Ordinal);
        Assert.Contains("wait 100 ms and run 50 ms", e.Message, StringComparison.Ordinal);
        Assert.Equal(1, _rig.Queue.Hopeless);
        Assert.Equal(1, Assert.Single(_rig.Scheduler.Shares()).Refused);
        gate.Set();
        await running;
    }

    [Fact]
    public async Task PredictWait_BusyDevice_AddsWhatRunsAndWhatWaits()
    {
        _rig.Latencies.Know("running", 100).Know("m", 50);
        var gate = _rig.Block("running");
        Assert.Equal(TimeSpan.Zero, _rig.Scheduler.PredictWait("cpu", CallPriority.Normal));
        var running = await _rig.StartAsync(await _rig.RequestAsync("running"));
        var queued = _rig.Scheduler.RunAsync(await _rig.RequestAsync("m"), CancellationToken.None);
        _rig.Runtime.Time.Advance(TimeSpan.FromMilliseconds(30));

        Assert.Equal(TimeSpan.FromMilliseconds(120), _rig.Scheduler.PredictWait("cpu", CallPriority.Normal));
        Assert.Equal(TimeSpan.FromMilliseconds(70), _rig.Scheduler.PredictWait("cpu", CallPriority.Interactive));
        Assert.Equal(TimeSpan.Zero, _rig.Scheduler.PredictWait("elsewhere", CallPriority.Normal));
        gate.Set();
        await Task.WhenAll(running, queued);
    }

    [Fact]
    public async Task Shares_TwoApps_TellTimeStepsAndWaiting()
    {
        var gate = _rig.Block("running");
        var running = await _rig.StartAsync(await _rig.RequestAsync("running", app: "one"));
        var queued = _rig.Scheduler.RunAsync(await _rig.RequestAsync("m", app: "two"), CancellationToken.None);
        var waiting = _rig.Scheduler.Shares();
        _rig.Runtime.Time.Advance(TimeSpan.FromMilliseconds(30));
        gate.Set();
        await Task.WhenAll(running, queued);

        var shares = _rig.Scheduler.Shares();

        Assert.Equal([("two", 1)], waiting.Select(share => (share.App, share.Waiting)));
        Assert.Equal(
            [("one", TimeSpan.FromMilliseconds(30), 1d, 1L), ("two", TimeSpan.Zero, 0d, 1L)],
            shares.Select(share => (share.App, share.DeviceTime, share.RecentShare, share.Steps)));
        Assert.Equal(TimeSpan.FromMilliseconds(30), _rig.Queue.BusyTime);
    }
}
