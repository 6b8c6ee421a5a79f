using EdgeHost.Runtime.Devices;
using EdgeHost.TestKit;

namespace EdgeHost.Runtime.Tests.Devices;

public sealed class DevicePlacementSoakTests
{
    [Fact]
    public async Task Choose_WhileDevicesComeAndGo_AlwaysFindsOneAndEndsWithTheTruth()
    {
        await using var devices = new DeviceHarness();
        var source = new SimulatedModelSource();
        for (var i = 0; i < 10; i++)
        {
            source.Add($"m{i}", preferredDevices: [DeviceKind.Npu, DeviceKind.Gpu]);
        }

        var stop = 0;
        var changing = Task.Run(() =>
        {
            var random = new Random(1);
            while (Volatile.Read(ref stop) == 0)
            {
                var device = random.Next(3) switch { 0 => "npu0", 1 => "npu1", _ => "gpu0" };
                devices.Health.Hung(device, "m@1.0", TimeSpan.FromSeconds(1));
                devices.Health.HangEnded(device);
                devices.Time.Advance(TimeSpan.FromSeconds(1));
            }
        });
        await Task.WhenAll(Enumerable.Range(0, 4).Select(seed => Task.Run(async () =>
        {
            var random = new Random(seed);
            for (var i = 0; i < 5_000; i++)
            {
                var artifact = await source.ResolveAsync($"m{random.Next(10)}", CancellationToken.None);
                var placement = devices.Placement.Choose(new PlacementRequest
                {
                    Artifact = artifact,
                    App = AppIdentity.Host,
                    Cost = device => new PlacementCost(TimeSpan.FromMilliseconds(device.Id.Length), TimeSpan.Zero, TimeSpan.FromMilliseconds(5)),
                    Excluded = random.Next(4) == 0 ? new HashSet<string> { "npu0" } : null,
                });
                Assert.StartsWith(placement.Device.Id, placement.Why, StringComparison.Ordinal);
            }
        })));
        Volatile.Write(ref stop, 1);
        await changing;

        // From here on no test passes, so once both are out they stay out, and the answer must come to say so.
        devices.Engine.OnSelfTest = static (device, _) => throw new DeviceFaultException(device.Id, "gone");
        foreach (var device in (string[])["npu0", "npu1"])
        {
            while (devices.Health.StateOf(device) != DeviceHealthState.Failed)
            {
                devices.Health.Hung(device, "m@1.0", TimeSpan.FromSeconds(1));
                devices.Health.HangEnded(device);
                await Task.Yield();
            }
        }

        var request = new PlacementRequest
        {
            Artifact = await source.ResolveAsync("m0", CancellationToken.None),
            App = AppIdentity.Host,
            Cost = static _ => default,
        };
        while (devices.Placement.Choose(request).Device.Kind == DeviceKind.Npu)
        {
            await Task.Yield();
        }

        Assert.Contains("npu0 is ", devices.Placement.Choose(request).Why, StringComparison.Ordinal);
    }
}
