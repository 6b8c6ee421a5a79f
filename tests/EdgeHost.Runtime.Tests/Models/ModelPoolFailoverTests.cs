using EdgeHost.PluginSdk;
using EdgeHost.Runtime.Decisions;
using EdgeHost.Runtime.Devices;
using EdgeHost.Runtime.Models;
using EdgeHost.TestKit;

namespace EdgeHost.Runtime.Tests.Models;

public sealed class ModelPoolFailoverTests : IAsyncLifetime
{
    private const long Mebibyte = PoolFixture.Mebibyte;

    private readonly PoolFixture _pool = new(hasNpu: true);
    private readonly TaskCompletionSource _release = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public Task InitializeAsync() => Task.CompletedTask;

    public async Task DisposeAsync()
    {
        _release.TrySetResult();
        await _pool.AssertNothingStaysAsync();
        await _pool.DisposeAsync();
    }

    [Fact]
    public async Task LeaseAsync_DeviceFailsAtLoad_GoesToTheNextAndSaysWhy()
    {
        _pool.Add("m", 10 * Mebibyte).OnLoadOn = (device, _) => device.Id == "npu0" ? throw new DeviceFaultException("npu0", "driver reset") : Task.CompletedTask;
        var scope = RuntimeFixture.Scope();

        using var lease = await _pool.LeaseAsync("m", scope);
        await PoolFixture.RunAsync(lease);

        Assert.Equal("cpu", lease.Model.Device);
        Assert.Equal([("npu0", "m@1")], _pool.Health.Faults);
        Assert.Equal("npu0 failed (driver reset), moved to cpu: chosen by the test", scope.ToReport(default).Why);
        Assert.Single(_pool.Decisions.Find("m", DecisionKind.Moved, 10));
    }

    [Fact]
    public async Task LeaseAsync_EveryDeviceFailsAtLoad_IsUnavailableAndNamesThem()
    {
        _pool.Add("m", 10 * Mebibyte).OnLoadOn = (device, _) => throw new DeviceFaultException(device.Id, "driver reset");

        var e = await Assert.ThrowsAsync<EdgeHostException>(() => _pool.LeaseAsync("m"));

        Assert.Equal(ErrorCode.Unavailable, e.Code);
        Assert.Contains("cpu failed (driver reset), and no other device can run 'm@1'", e.Message, StringComparison.Ordinal);
        Assert.Equal(2, _pool.Engine.LoadsStarted);
        Assert.Equal(0, _pool.Used);
    }

    [Fact]
    public async Task RunAsync_DeviceFaults_TheStepRunsElsewhereAndTheLeaseStaysThere()
    {
        FaultOnNpu("m");
        var scope = RuntimeFixture.Scope();
        using var lease = await _pool.LeaseAsync("m", scope);
        Assert.Equal("npu0", lease.Model.Device);

        await PoolFixture.RunAsync(lease);
        await PoolFixture.RunAsync(lease);

        Assert.Equal("cpu", lease.Model.Device);
        Assert.Equal(3, _pool.Engine.RunsStarted);
        Assert.Equal("npu0 failed (driver reset), moved to cpu: chosen by the test", scope.ToReport(default).Why);
        Assert.Equal(2, scope.ToReport(default).Steps);
        Assert.Contains("moved to cpu", Assert.Single(_pool.Decisions.Find("m", DecisionKind.Moved, 10)).Text, StringComparison.Ordinal);
        Assert.Equal([(0, "npu0"), (1, "cpu")], _pool.Pool.Snapshot().Models.Select(model => (model.Leases, model.Device)).Order());
    }

    [Fact]
    public async Task RunAsync_ManyStepsOfOneLeaseFault_TheLeaseMovesOnceAndAllEnd()
    {
        FaultOnNpu("m");
        using var lease = await _pool.LeaseAsync("m");

        await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => PoolFixture.RunAsync(lease)));

        Assert.Equal("cpu", lease.Model.Device);
        Assert.Equal(2, _pool.Engine.LoadsStarted);
        Assert.Single(_pool.Decisions.Find("m", DecisionKind.Moved, 10));
    }

    [Fact]
    public async Task RunAsync_BegunStepThatMayNotBeRepeated_FailsAndTheModelIsToldNothing()
    {
        FaultOnNpu("m", hasStarted: true);
        using var lease = await _pool.LeaseAsync("m");
        using var x = SimulatedValue.Of(new TensorShape(1), 1f);
        var step = new ModelStep { Inputs = [new NamedValue("x", x)], IsRepeatable = false };

        var e = await Assert.ThrowsAsync<EdgeHostException>(async () => await lease.RunAsync(step, CancellationToken.None));

        Assert.Equal(ErrorCode.Unavailable, e.Code);
        Assert.Contains("may not be repeated", e.Message, StringComparison.Ordinal);
        Assert.Equal(1, _pool.Engine.RunsStarted);
    }

    [Fact]
    public async Task RunAsync_NoOtherDevice_IsUnavailable()
    {
        _pool.Add("m", 10 * Mebibyte).OnRunOn = (device, _, _) => throw new DeviceFaultException(device.Id, "driver reset");
        using var lease = await _pool.LeaseAsync("m");

        var e = await Assert.ThrowsAsync<EdgeHostException>(() => PoolFixture.RunAsync(lease));

        Assert.Equal(ErrorCode.Unavailable, e.Code);
        Assert.Contains("cpu failed (driver reset), and no other device can run 'm@1'", e.Message, StringComparison.Ordinal);
        Assert.Equal(2, _pool.Engine.RunsStarted);
    }

    [Fact]
    public async Task RunAsync_DeviceTakenOutBetweenSteps_MovesWithoutTryingIt()
    {
        _pool.Add("m", 10 * Mebibyte);
        using var lease = await _pool.LeaseAsync("m");
        await PoolFixture.RunAsync(lease);

        _pool.Health.Fail("npu0");
        await PoolFixture.RunAsync(lease);

        Assert.Equal(["m@1 cpu"], _pool.Resident);
        Assert.Contains("npu0 failed (it does not answer), moved to cpu", Assert.Single(_pool.Decisions.Find("m", DecisionKind.Moved, 10)).Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task DeviceTakenOut_WhatIsLoadedThere_LeavesAndComesBackFreshAfterItHealed()
    {
        _pool.Add("m", 10 * Mebibyte);
        await _pool.Pool.PinAsync("m", "x", CancellationToken.None);

        _pool.Health.Fail("npu0");
        Assert.Empty(_pool.Resident);
        await _pool.TouchAsync("m");
        Assert.Equal(["m@1 cpu"], _pool.Resident);
        Assert.Equal(["x"], Assert.Single(_pool.Pool.Snapshot().Models, model => model.State == ModelState.Resident).PinnedBy);
        _pool.Health.Heal("npu0");
        await _pool.TouchAsync("m");

        Assert.Equal(["m@1 cpu", "m@1 npu0"], _pool.Resident);
        Assert.Equal(3, _pool.Engine.LoadsStarted);
    }

    [Fact]
    public async Task DeviceTakenOut_LoadHangsThere_ItsWaitersGoElsewhere()
    {
        // It hears of no cancellation, as a driver that hangs.
        _pool.Add("m", 10 * Mebibyte).OnLoadOn = (device, _) => device.Id == "npu0" ? _release.Task : Task.CompletedTask;
        var waiting = _pool.LeaseAsync("m");
        await _pool.Engine.WaitUntilAsync(() => _pool.Engine.LoadsStarted == 1);

        _pool.Health.Fail("npu0");
        using var lease = await waiting;

        Assert.Equal("cpu", lease.Model.Device);
        Assert.Equal(20 * Mebibyte, _pool.Used);
        _release.SetResult();
        await _pool.Pool.WhenUnloadedAsync();
        Assert.Equal(10 * Mebibyte, _pool.Used);
    }

    [Fact]
    public async Task RunAsync_RunGivenUpButTheDeviceHoldsIt_TheSessionLivesUntilItEnds()
    {
        _pool.Add("m", 10 * Mebibyte).OnRunOn = (device, _, _) => device.Id == "npu0"
            ? throw new DeviceFaultException("npu0", "it hangs") { HasStarted = true, RunEnded = _release.Task }
            : null;
        using (var lease = await _pool.LeaseAsync("m"))
        {
            await PoolFixture.RunAsync(lease);
            _pool.Health.Fail("npu0");
            Assert.Equal(2, _pool.Engine.SessionsAlive);
        }

        Assert.Equal(20 * Mebibyte, _pool.Used);
        _release.SetResult();
        await _pool.Engine.WaitUntilAsync(() => _pool.Engine.SessionsAlive == 1);
    }

    [Fact]
    public async Task Dispose_DuringTheMove_LeavesNothingBehind()
    {
        FaultOnNpu("m").OnLoadOn = (device, _) => device.Id == "cpu" ? _release.Task : Task.CompletedTask;
        var lease = await _pool.LeaseAsync("m");
        var run = PoolFixture.RunAsync(lease);
        await _pool.Engine.WaitUntilAsync(() => _pool.Engine.LoadsStarted == 2);

        lease.Dispose();
        _release.SetResult();

        await Assert.ThrowsAsync<ObjectDisposedException>(() => run);
        Assert.Equal(0, _pool.Pool.Snapshot().Leases);
    }

    [Fact]
    public async Task LeaseAsync_LoadDoesNotEnd_IsAFaultOfTheDeviceAndItsBytesStayCharged()
    {
        _pool.Add("m", 10 * Mebibyte).OnLoadOn = (device, _) => device.Id == "npu0" ? _release.Task : Task.CompletedTask;
        var waiting = _pool.LeaseAsync("m");
        await _pool.Engine.WaitUntilAsync(() => _pool.Engine.LoadsStarted == 1);

        _pool.Runtime.Time.Advance(TimeSpan.FromMinutes(5));
        using var lease = await waiting;

        Assert.Equal("cpu", lease.Model.Device);
        Assert.Equal([("npu0", "m@1")], _pool.Health.Hangs);
        Assert.Equal(20 * Mebibyte, _pool.Used);
        Assert.Contains("did not end within 00:05:00", Assert.Single(_pool.Pool.Snapshot().Models, model => model.Device == "npu0").Reason, StringComparison.Ordinal);
        _release.SetResult();
        await _pool.Pool.WhenUnloadedAsync();
        Assert.Equal(10 * Mebibyte, _pool.Used);
    }

    [Fact]
    public async Task DeviceTakenOut_UnloadHangsThere_NoLoadWaitsForIt()
    {
        using var end = new ManualResetEventSlim();
        using var isDisposing = new ManualResetEventSlim();
        _pool.Add("stuck", 50 * Mebibyte).OnDispose = () =>
        {
            isDisposing.Set();
            end.Wait();
        };
        _pool.Add("next", 45 * Mebibyte);
        _pool.Add("more", 20 * Mebibyte);
        await _pool.TouchAsync("stuck");
        var evicted = _pool.Pool.EvictAsync("stuck", "test", CancellationToken.None);
        var next = _pool.LeaseAsync("next");
        isDisposing.Wait();
        Assert.Equal((1, 45 * Mebibyte, 50 * Mebibyte), (_pool.Engine.LoadsStarted, _pool.Used, _pool.Pool.Snapshot().LeavingBytes));

        _pool.Health.Fail("npu0");
        using var lease = await next;

        Assert.Equal("cpu", lease.Model.Device);
        Assert.Equal((2, 95 * Mebibyte), (_pool.Engine.LoadsStarted, _pool.Used));
        var refusal = await Assert.ThrowsAsync<EdgeHostException>(() => _pool.LeaseAsync("more"));
        Assert.Contains("stuck@1 50.0 MiB (npu0 is out of order)", refusal.Message, StringComparison.Ordinal);
        end.Set();
        await evicted;
        await _pool.TouchAsync("more");
    }

    [Fact]
    public async Task DeviceTakenOutAndBack_LeaseThatWasHeld_GetsAFreshSession()
    {
        _pool.Add("m", 10 * Mebibyte);
        using var lease = await _pool.LeaseAsync("m");
        _pool.Health.Fail("npu0");
        _pool.Health.Heal("npu0");

        await PoolFixture.RunAsync(lease);

        Assert.Equal("npu0", lease.Model.Device);
        Assert.Equal(2, _pool.Engine.LoadsStarted);
        await _pool.Pool.WhenUnloadedAsync();
        Assert.Equal(10 * Mebibyte, _pool.Used);
    }

    [Fact]
    public async Task LeaseAsync_DevicesToChooseFrom_AreOfferedWithTheirCosts()
    {
        _pool.Placement.TakesCheapest = true;
        _pool.Add("m", 300 * 1000 * 1000 / 10);

        await _pool.TouchAsync("m");
        Assert.Equal(TimeSpan.FromMilliseconds(150), _pool.Placement.Costs["cpu"].Load);
        var first = Assert.Single(_pool.Resident);
        await _pool.TouchAsync("m");

        Assert.Equal(TimeSpan.Zero, _pool.Placement.Costs[first.Split(' ')[1]].Load);
        Assert.Equal([first], _pool.Resident);
    }

    private SimulatedModel FaultOnNpu(string id, bool hasStarted = false)
    {
        var model = _pool.Add(id, 10 * Mebibyte);
        model.OnRunOn = (device, _, _) => device.Id == "npu0" ? throw new DeviceFaultException("npu0", "driver reset") { HasStarted = hasStarted } : null;
        return model;
    }
}
