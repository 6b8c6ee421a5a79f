using EdgeHost.Capabilities.Host;
using EdgeHost.PluginSdk;
using EdgeHost.Runtime.Models;
using EdgeHost.TestKit;

namespace EdgeHost.Host.Tests.Methods;

public sealed class StatsMethodSetTests
{
    [Fact]
    public async Task Stats_OfAHostThatRanNothing_DoNotAskTheEngine()
    {
        await using var host = new HostFixture();
        host.Time.Advance(TimeSpan.FromSeconds(3));

        var stats = await StatsAsync(host);

        Assert.Equal(0, host.Engine.DeviceQueries);
        Assert.Empty(stats.Devices);
        Assert.Empty(stats.Models);
        Assert.Equal(3000, stats.UptimeMs);
        Assert.Equal(Environment.ProcessId, stats.ProcessId);
        Assert.True(stats.Memory.ResidentBytes > 0 && stats.Pool.BudgetBytes > 0);
        Assert.Equal(CallPriority.Training, stats.Conditions.MinimumPriority);
    }

    [Fact]
    public async Task Stats_AfterAStep_HaveItsDeviceAndModel()
    {
        await using var host = new HostFixture();
        host.Source.Add("m");
        var scope = new CallScope { PluginId = "tests", App = new AppIdentity("photos", -1, -1) };
        using var lease = await host.Get<IModelPool>().ForCall(scope).LeaseAsync("m", CancellationToken.None);
        var step = new ModelStep { Inputs = [new NamedValue("x", SimulatedValue.Of(new TensorShape(1), [1f]))] };
        (await lease.RunAsync(step, CancellationToken.None)).Dispose();

        var stats = await StatsAsync(host);

        var device = Assert.Single(stats.Devices);
        Assert.Equal(("cpu", DeviceKind.Cpu, "Simulated processor", DeviceHealthStatus.Healthy, 1L), (device.Id, device.Kind, device.Name, device.Health, device.Completed));
        Assert.InRange(device.Utilization, 0, 1);
        var model = Assert.Single(stats.Models);
        Assert.Equal(("m@1.0", "cpu", ModelLifeState.Resident, 1), (model.Model, model.Device, model.State, model.Leases));
        Assert.Equal(1, stats.Pool.Loads);
    }

    private static Task<StatsResponse> StatsAsync(HostFixture host)
        => host.Caller.CallAsync<StatsRequest, StatsResponse>(Capabilities.Host.HostMethods.Stats, new StatsRequest(), CancellationToken.None);
}
