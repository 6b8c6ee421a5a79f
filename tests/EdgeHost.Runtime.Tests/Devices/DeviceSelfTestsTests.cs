using EdgeHost.Runtime.Devices;
using Microsoft.Extensions.Logging;

namespace EdgeHost.Runtime.Tests.Devices;

public sealed class DeviceSelfTestsTests : IAsyncLifetime
{
    private static readonly DeviceDescription Npu = DeviceHarness.Device("npu0");

    private readonly DeviceHarness _devices = new();

    public Task InitializeAsync() => Task.CompletedTask;

    public Task DisposeAsync() => _devices.DisposeAsync().AsTask();

    [Fact]
    public async Task RunAsync_DeviceWorks_Passes()
    {
        var result = await _devices.SelfTests.RunAsync(Npu);

        Assert.Equal(SelfTestOutcome.Passed, result.Outcome);
        Assert.True(result.Ended.IsCompleted);
    }

    [Fact]
    public async Task RunAsync_EngineThrowsAnything_FailsAndTheLogHasIt()
    {
        _devices.Engine.OnSelfTest = static (_, _) => throw new InvalidOperationException("bug");

        var result = await _devices.SelfTests.RunAsync(Npu);

        Assert.Equal("its self-test failed in the engine; the log has more", result.Text);
        Assert.Equal("bug", Assert.Single(_devices.Log.Lines, line => line.Level == LogLevel.Error).Exception?.Message);
    }

    [Fact]
    public async Task RunAsync_OneHangs_OthersOfTheDeviceShareItAndAreToldAtOnceAfterTheLimit()
    {
        using var release = new ManualResetEventSlim();
        var tests = 0;
        _devices.Engine.OnSelfTest = (_, _) =>
        {
            Interlocked.Increment(ref tests);
            release.Wait(CancellationToken.None);
        };

        var first = _devices.SelfTests.RunAsync(Npu);
        _devices.Time.Advance(TimeSpan.FromSeconds(6));
        var second = _devices.SelfTests.RunAsync(Npu);
        _devices.Time.Advance(TimeSpan.FromSeconds(4));
        Assert.Equal(SelfTestOutcome.NoAnswer, (await first).Outcome);
        Assert.Equal(SelfTestOutcome.NoAnswer, (await second).Outcome);
        var third = await _devices.SelfTests.RunAsync(Npu);
        Assert.Equal("its self-test has not answered for 10 s", third.Text);
        Assert.False(third.Ended.IsCompleted);

        release.Set();
        await third.Ended.WaitAsync(TimeSpan.FromSeconds(30));
        Assert.Equal(1, tests);
        Assert.Equal(SelfTestOutcome.Passed, (await _devices.SelfTests.RunAsync(Npu)).Outcome);
    }

    [Fact]
    public async Task DisposeAsync_TestRuns_StopsItAndRefusesFurtherOnes()
    {
        using var entered = new SemaphoreSlim(0);
        _devices.Engine.OnSelfTest = (_, stop) =>
        {
            entered.Release();
            stop.WaitHandle.WaitOne();
            stop.ThrowIfCancellationRequested();
        };
        var test = _devices.SelfTests.RunAsync(Npu);
        await entered.WaitAsync();

        await _devices.SelfTests.DisposeAsync();

        Assert.Equal("its self-test was stopped", (await test).Text);
        Assert.Equal("the host is stopping", (await _devices.SelfTests.RunAsync(Npu)).Text);
    }

    [Fact]
    public async Task RunAsync_FromManyThreads_NeverTwoAtOnceOnADevice()
    {
        var inside = new int[2];
        var overlaps = 0;
        _devices.Engine.OnSelfTest = (device, _) =>
        {
            var index = device.Id[^1] - '0';
            if (Interlocked.Increment(ref inside[index]) != 1) Interlocked.Increment(ref overlaps);
            Thread.SpinWait(500);
            Interlocked.Decrement(ref inside[index]);
        };

        await Task.WhenAll(Enumerable.Range(0, 6).Select(thread => Task.Run(async () =>
        {
            for (var i = 0; i < 100; i++)
            {
                var result = await _devices.SelfTests.RunAsync(DeviceHarness.Device((i + thread) % 2 == 0 ? "npu0" : "npu1"));
                Assert.Equal(SelfTestOutcome.Passed, result.Outcome);
            }
        })));

        Assert.Equal(0, overlaps);
    }
}
