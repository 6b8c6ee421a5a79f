using EdgeHost.Runtime.Devices;
using EdgeHost.TestKit;

namespace EdgeHost.Runtime.Tests.Devices;

public sealed class DeviceDirectoryTests
{
    private readonly SimulatedEngine _engine = new(
        Device("cpu", DeviceKind.Cpu), Device("npu0", DeviceKind.Npu), Device("npu1", DeviceKind.Npu));

    [Fact]
    public async Task Composition_NothingLeased_NeverAsksTheEngine()
    {
        await using var runtime = new RuntimeFixture(_engine);
        _ = runtime.Dispatcher;
        _ = runtime.Pool.Snapshot();
        _ = runtime.Scheduler.Snapshot();

        Assert.Equal(0, _engine.DeviceQueries);
        _ = runtime.Get<IDeviceDirectory>().Devices;
        _ = runtime.Get<IDeviceDirectory>().Devices;
        Assert.Equal(1, _engine.DeviceQueries);
    }

    private static DeviceDescription Device(string id, DeviceKind kind) => new() { Id = id, Kind = kind, Name = id, Provider = "Simulated" };
}
