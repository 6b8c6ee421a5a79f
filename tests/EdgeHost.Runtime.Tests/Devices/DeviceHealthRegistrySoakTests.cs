using EdgeHost.Runtime.Devices;

namespace EdgeHost.Runtime.Tests.Devices;

public sealed class DeviceHealthRegistrySoakTests
{
    [Fact]
    public async Task Report_FromManyThreads_CountsEveryFaultAndEndsInOneState()
    {
        await using var devices = new DeviceHarness();
        using var stop = new CancellationTokenSource();
        var seen = 0;
        using var subscription = devices.Health.OnChange(_ => Interlocked.Increment(ref seen));
        var clock = Task.Run(() =>
        {
            while (!stop.IsCancellationRequested)
            {
                devices.Time.Advance(TimeSpan.FromMilliseconds(100));
            }
        });

        await Task.WhenAll(Enumerable.Range(0, 6).Select(seed => Task.Run(() =>
        {
            var random = new Random(seed);
            for (var i = 0; i < 20_000; i++)
            {
                var device = random.Next(2) == 0 ? "npu0" : "npu1";
                _ = devices.Health.IsUsable(device);
                switch (random.Next(200))
                {
                    case 0: devices.Fault(device); break;
                    case 1:
                        devices.Health.Hung(device, "m@1.0", TimeSpan.FromSeconds(1));
                        devices.Health.HangEnded(device);
                        break;
                    case 2: devices.Health.OnChange(static _ => { }).Dispose(); break;
                    default: devices.Health.StepSucceeded(device); break;
                }
            }
        })));
        await stop.CancelAsync();
        await clock;

        // The last word is in the order of the changes, and both come back once they are left alone.
        foreach (var device in (string[])["npu0", "npu1"])
        {
            while (devices.Health.Of(device).State != DeviceHealthState.Healthy
                || devices.Changes.Last(change => change.Device == device).State != DeviceHealthState.Healthy)
            {
                devices.Time.Advance(TimeSpan.FromMilliseconds(100));
                await Task.Yield();
            }

            Assert.Equal(0, devices.Health.Of(device).Hanging);
        }

        Assert.True(seen > 0);
    }
}
