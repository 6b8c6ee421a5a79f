using EdgeHost.Runtime.Decisions;
using EdgeHost.Runtime.Devices;
using EdgeHost.TestKit;
using Microsoft.Extensions.Logging;

namespace EdgeHost.Runtime.Tests.Devices;

public sealed class DeviceHealthRegistryTests
{
    [Fact]
    public async Task Faulted_ThreeTimes_TakesTheDeviceOutAndTellsOfEachChangeOnce()
    {
        await using var devices = new DeviceHarness();

        devices.Fault("npu0", times: 5);

        Assert.False(devices.Health.IsUsable("npu0"));
        Assert.True(devices.Health.IsUsable("npu1"));
        var health = devices.Health.Of("npu0");
        Assert.Equal(DeviceHealthState.Failed, health.State);
        Assert.Equal(5, health.Faults);
        Assert.Equal(devices.Time.GetUtcNow().AddSeconds(2), health.NextProbe);
        Assert.Equal([DeviceHealthState.Suspect, DeviceHealthState.Failed], devices.Changes.Select(change => change.State));
        Assert.Equal(
            ["is taken out: 3 faults within 60 s, the last: m@1.0: the driver was lost", "is suspect: m@1.0: the driver was lost"],
            devices.Decisions.Find("npu0", DecisionKind.Device, 10).Select(decision => decision.Text));
        Assert.Equal(2, devices.Log.Lines.Count(line => line.Level == LogLevel.Warning));
    }

    [Fact]
    public async Task Timer_DeviceHealed_IsTestedAndComesBack()
    {
        await using var devices = new DeviceHarness();
        devices.Fault("npu0", times: 3);

        devices.Time.Advance(TimeSpan.FromSeconds(1.9));
        Assert.Equal(DeviceHealthState.Failed, devices.Health.Of("npu0").State);
        var back = await devices.SeeAsync("npu0", DeviceHealthState.Healthy, () => devices.Time.Advance(TimeSpan.FromSeconds(0.1)));

        Assert.StartsWith("its self-test passed in ", back.Reason, StringComparison.Ordinal);
        Assert.Equal(
            [DeviceHealthState.Suspect, DeviceHealthState.Failed, DeviceHealthState.Probing, DeviceHealthState.Healthy],
            devices.Changes.Select(change => change.State));
    }

    [Fact]
    public async Task Timer_DeviceStaysBroken_IsTestedWithGrowingPausesAndToldOfOnce()
    {
        await using var devices = new DeviceHarness();
        var tests = 0;
        devices.Engine.OnSelfTest = (device, _) =>
        {
            Interlocked.Increment(ref tests);
            throw new DeviceFaultException(device.Id, "the driver is gone");
        };
        devices.Health.Hung("npu0", "m@1.0", TimeSpan.FromSeconds(12));
        devices.Health.HangEnded("npu0");

        foreach (var pause in (double[])[2, 4, 8, 16, 32, 64, 120, 120])
        {
            devices.Time.Advance(TimeSpan.FromSeconds(pause - 0.5));
            Assert.Equal(DeviceHealthState.Failed, devices.Health.Of("npu0").State);
            await devices.SeeAsync("npu0", DeviceHealthState.Failed, () => devices.Time.Advance(TimeSpan.FromSeconds(0.5)));
        }

        Assert.Equal(8, tests);
        Assert.Equal(
            ["is taken out: its self-test failed: the driver is gone", "is taken out: m@1.0 did not come back for 12 s"],
            devices.Decisions.Find("npu0", null, 10).Select(decision => decision.Text));
        Assert.Equal(2, devices.Log.Lines.Count);
    }

    [Fact]
    public async Task Timer_SelfTestHangs_BlocksNothingAndIsNeverRunTwice()
    {
        await using var devices = new DeviceHarness();
        using var release = new ManualResetEventSlim();
        using var entered = new SemaphoreSlim(0);
        var tests = 0;
        devices.Engine.OnSelfTest = (device, _) =>
        {
            if (device.Id != "npu0") return;
            Interlocked.Increment(ref tests);
            entered.Release();
            release.Wait(CancellationToken.None);
        };
        devices.Fault("npu0", times: 3);
        devices.Fault("npu1", times: 3);

        await devices.SeeAsync("npu1", DeviceHealthState.Healthy, () => devices.Time.Advance(TimeSpan.FromSeconds(2)));
        await entered.WaitAsync();
        Assert.Equal(DeviceHealthState.Probing, devices.Health.Of("npu0").State);
        var failed = await devices.SeeAsync("npu0", DeviceHealthState.Failed, () => devices.Time.Advance(TimeSpan.FromSeconds(10)));
        Assert.Equal("its self-test has not answered for 10 s", failed.Reason);
        Assert.Null(devices.Health.Of("npu0").NextProbe);
        devices.Time.Advance(TimeSpan.FromHours(1));
        Assert.Equal(1, tests);

        // Its thread comes back: the device is tested again, and is well.
        release.Set();
        while (devices.Health.Of("npu0").State != DeviceHealthState.Healthy)
        {
            devices.Time.Advance(TimeSpan.FromMilliseconds(10));
            await Task.Yield();
        }

        Assert.True(tests >= 2);
    }

    [Fact]
    public async Task StepSucceeded_Suspect_ClearsTheSuspicion()
    {
        await using var devices = new DeviceHarness();
        devices.Fault("npu0");
        Assert.Equal(DeviceHealthState.Suspect, devices.Health.Of("npu0").State);
        Assert.True(devices.Health.IsUsable("npu0"));

        devices.Time.Advance(TimeSpan.FromSeconds(3));
        for (var i = 0; i < 10; i++)
        {
            devices.Health.StepSucceeded("npu0");
        }

        var health = devices.Health.Of("npu0");
        Assert.Equal(DeviceHealthState.Healthy, health.State);
        Assert.Equal("10 steps in a row ended well", health.Reason);
        Assert.Equal(devices.Time.GetUtcNow(), health.LastSuccess);
    }

    [Fact]
    public async Task Timer_SuspicionWithoutFurtherFaults_EndsByItself()
    {
        await using var devices = new DeviceHarness();
        devices.Fault("gpu0");

        devices.Time.Advance(TimeSpan.FromSeconds(61));

        Assert.Equal(DeviceHealthState.Healthy, devices.Health.Of("gpu0").State);
    }

    [Fact]
    public async Task Hung_EveryThreadOfTheProcessor_FailsItUntilOneComesBack()
    {
        await using var devices = new DeviceHarness(options => options.Scheduling.Concurrency["cpu"] = 2);

        devices.Health.Hung("cpu", "m@1.0", TimeSpan.FromSeconds(60));
        Assert.True(devices.Health.IsUsable("cpu"));
        devices.Health.Hung("cpu", "m@1.0", TimeSpan.FromSeconds(60));
        Assert.False(devices.Health.IsUsable("cpu"));
        Assert.Equal(2, devices.Health.Of("cpu").Hanging);
        devices.Health.HangEnded("cpu");

        Assert.True(devices.Health.IsUsable("cpu"));
        Assert.Equal(DeviceHealthState.Suspect, devices.Health.Of("cpu").State);
    }

    [Fact]
    public async Task PrepareAsync_BrokenDevice_IsFailedBeforeItsFirstUse()
    {
        await using var devices = new DeviceHarness(options => options.Devices.TestBeforeFirstUse = true);
        devices.Engine.OnSelfTest = static (device, _) => throw new DeviceFaultException(device.Id, "no such instruction");

        await devices.Health.PrepareAsync(DeviceHarness.Device("npu0"), CancellationToken.None);

        Assert.Equal("its self-test failed: no such instruction", devices.Health.Of("npu0").Reason);
        Assert.False(devices.Health.IsUsable("npu0"));
    }

    [Fact]
    public async Task PrepareAsync_ManyAtOnce_TestOnceAndThenNeverAgain()
    {
        await using var devices = new DeviceHarness(options => options.Devices.TestBeforeFirstUse = true);
        var tests = 0;
        devices.Engine.OnSelfTest = (_, _) => Interlocked.Increment(ref tests);

        await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => devices.Health.PrepareAsync(DeviceHarness.Device("npu0"), CancellationToken.None).AsTask()));
        Assert.True(devices.Health.PrepareAsync(DeviceHarness.Device("npu0"), CancellationToken.None).AsTask().IsCompletedSuccessfully);
        Assert.True(devices.Health.PrepareAsync(DeviceHarness.Device("cpu"), CancellationToken.None).AsTask().IsCompletedSuccessfully);

        Assert.Equal(1, tests);
        Assert.Equal(string.Empty, devices.Health.Of("npu0").Reason);
        Assert.Equal("works: it passed the self-test before its first use", Assert.Single(devices.Decisions.Find("npu0", null, 10)).Text);
    }

    [Fact]
    public async Task PrepareAsync_TestHangs_ReturnsAtTheLimitAndACallerMayLeaveEarlier()
    {
        await using var devices = new DeviceHarness(options => options.Devices.TestBeforeFirstUse = true);
        using var release = new ManualResetEventSlim();
        devices.Engine.OnSelfTest = (_, _) => release.Wait(CancellationToken.None);
        using var impatient = new CancellationTokenSource();

        var left = devices.Health.PrepareAsync(DeviceHarness.Device("npu0"), impatient.Token).AsTask();
        var stayed = devices.Health.PrepareAsync(DeviceHarness.Device("npu0"), CancellationToken.None).AsTask();
        await impatient.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => left);
        Assert.False(stayed.IsCompleted);
        devices.Time.Advance(TimeSpan.FromSeconds(10));
        await stayed;

        Assert.Equal(DeviceHealthState.Failed, devices.Health.Of("npu0").State);
        release.Set();
    }

    [Fact]
    public async Task IsUsable_NothingAskedTheEngine_DoesNotAskItEither()
    {
        var engine = new SimulatedEngine();
        await using var runtime = new RuntimeFixture(engine);
        var health = runtime.Get<IDeviceHealth>();

        Assert.True(health.IsUsable("npu9"));
        Assert.Empty(health.Snapshot());
        health.StepSucceeded("npu9");

        Assert.Equal(0, engine.DeviceQueries);
    }

    [Fact]
    public async Task Faulted_UnknownDevice_ChangesNothing()
    {
        await using var devices = new DeviceHarness();

        devices.Fault("npu7", times: 9);

        Assert.True(devices.Health.IsUsable("npu7"));
        Assert.Equal(["cpu", "npu0", "npu1", "gpu0"], devices.Health.Snapshot().Select(health => health.Device));
    }

    [Fact]
    public async Task StepSucceeded_Healthy_DoesNotAllocate()
    {
        await using var devices = new DeviceHarness();
        Use(devices, 1_000);

        var before = GC.GetAllocatedBytesForCurrentThread();
        Use(devices, 10_000);

        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);

        static void Use(DeviceHarness devices, int times)
        {
            for (var i = 0; i < times; i++)
            {
                if (devices.Health.IsUsable("npu0")) devices.Health.StepSucceeded("npu0");
            }
        }
    }
}
