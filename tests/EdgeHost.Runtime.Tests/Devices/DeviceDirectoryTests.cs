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

    [Theory]
    [InlineData("cpu", DeviceKind.Cpu)]
    [InlineData("npu0", DeviceKind.Npu, DeviceKind.Cpu)]
    [InlineData("npu0", DeviceKind.Gpu, DeviceKind.Npu)]
    [InlineData("cpu", DeviceKind.Gpu)]
    [InlineData("cpu", DeviceKind.Gpu, DeviceKind.Cpu, DeviceKind.Npu)]
    public async Task Place_PreferredKinds_TakesTheFirstThatIsThere(string expected, params DeviceKind[] preferred)
    {
        var directory = new DeviceDirectory(_engine);
        var artifact = await new SimulatedModelSource().Add("m", preferredDevices: preferred).ResolveAsync("m", CancellationToken.None);

        var device = directory.Place(artifact);

        Assert.Equal(expected, device.Id);
        Assert.StartsWith(expected, directory.Explain(artifact, device), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Explain_KindMissing_SaysSo()
    {
        var directory = new DeviceDirectory(_engine);
        var source = new SimulatedModelSource().Add("both", preferredDevices: [DeviceKind.Gpu, DeviceKind.Npu]).Add("gpu", preferredDevices: [DeviceKind.Gpu]);
        var both = await source.ResolveAsync("both", CancellationToken.None);
        var gpu = await source.ResolveAsync("gpu", CancellationToken.None);

        Assert.Equal("npu0: the model prefers GPU, which this machine does not have, then NPU", directory.Explain(both, directory.Place(both)));
        Assert.Equal("cpu: this machine has none of the kinds that the model prefers (GPU)", directory.Explain(gpu, directory.Place(gpu)));
    }

    private static DeviceDescription Device(string id, DeviceKind kind) => new() { Id = id, Kind = kind, Name = id, Provider = "Simulated" };
}
