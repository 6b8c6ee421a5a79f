using EdgeHost.Runtime.Devices;
using EdgeHost.Runtime.Models;
using EdgeHost.TestKit;

namespace EdgeHost.Runtime.Tests.Devices;

public sealed class DevicePlacementTests : IAsyncLifetime
{
    private readonly DeviceHarness _devices = new(null, DeviceHarness.Device("cpu"), DeviceHarness.Device("npu0"), DeviceHarness.Device("npu1"));

    public Task InitializeAsync() => Task.CompletedTask;

    public Task DisposeAsync() => _devices.DisposeAsync().AsTask();

    [Theory]
    [InlineData("cpu", DeviceKind.Cpu)]
    [InlineData("npu0", DeviceKind.Npu, DeviceKind.Cpu)]
    [InlineData("npu0", DeviceKind.Gpu, DeviceKind.Npu)]
    [InlineData("cpu", DeviceKind.Gpu)]
    [InlineData("cpu", DeviceKind.Gpu, DeviceKind.Cpu, DeviceKind.Npu)]
    public async Task Choose_PreferredKinds_TakesTheFirstThatIsThere(string expected, params DeviceKind[] preferred)
    {
        var placement = _devices.Placement;
        var artifact = await new SimulatedModelSource().Add("m", preferredDevices: preferred).ResolveAsync("m", CancellationToken.None);

        var chosen = placement.Choose(Request(artifact));

        Assert.Equal(expected, chosen.Device.Id);
        Assert.StartsWith(expected, chosen.Why, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Choose_KindMissing_SaysSo()
    {
        var placement = _devices.Placement;
        var source = new SimulatedModelSource().Add("both", preferredDevices: [DeviceKind.Gpu, DeviceKind.Npu]).Add("gpu", preferredDevices: [DeviceKind.Gpu]);
        var both = await source.ResolveAsync("both", CancellationToken.None);
        var gpu = await source.ResolveAsync("gpu", CancellationToken.None);

        Assert.Equal("npu0: the model prefers GPU, which this machine does not have, then NPU", placement.Choose(Request(both)).Why);
        Assert.Equal("cpu: this machine has none of the kinds that the model prefers (GPU)", placement.Choose(Request(gpu)).Why);
    }

    private static PlacementRequest Request(ModelArtifact artifact) => new() { Artifact = artifact, App = AppIdentity.Host, Cost = static _ => default };
}
