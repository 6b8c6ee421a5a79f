using EdgeHost.Runtime.Models;
using EdgeHost.TestKit;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;

namespace EdgeHost.Runtime.Tests.Devices;

/// <summary>Settings of devices, conditions and health that are out of range keep the host from starting, and say which.</summary>
public sealed class DeviceSettingsTests
{
    public static TheoryData<string, Action<EdgeHostRuntimeOptions>> Bad => new()
    {
        { "PlacementGain", options => options.Devices.PlacementGain = 0.5 },
        { "PlacementGainMinimum", options => options.Devices.PlacementGainMinimum = TimeSpan.FromSeconds(-1) },
        { "LoadUses", options => options.Devices.LoadUses = 0 },
        { "FaultLimit", options => options.Devices.FaultLimit = 0 },
        { "FaultWindow", options => options.Devices.FaultWindow = TimeSpan.Zero },
        { "ClearingSuccesses", options => options.Devices.ClearingSuccesses = 0 },
        { "ProbePause", options => options.Devices.ProbePause = TimeSpan.Zero },
        { "SelfTestLimit", options => options.Devices.SelfTestLimit = TimeSpan.Zero },
        { "HangLimit", options => options.Devices.HangLimit = 0 },
        { "Mode", options => options.Devices.Mode = (Runtime.Devices.PlacementMode)9 },
        { "Devices:MemoryBytes:gpu0", options => options.Devices.MemoryBytes["gpu0"] = -1 },
        { "Interval", options => options.Conditions.Interval = TimeSpan.Zero },
        { "BatteryLowPercent", options => options.Conditions.BatteryLowPercent = 101 },
        { "ThermalMargin", options => options.Conditions.ThermalMargin = -1 },
        { "MemorySomePercent", options => options.Conditions.MemorySomePercent = 0 },
        { "SystemRoot", options => options.Conditions.SystemRoot = string.Empty },
        { "Timeout", options => options.Health.Timeout = TimeSpan.Zero },
        { "ResultLifetime", options => options.Health.ResultLifetime = TimeSpan.FromHours(1) },
        { "RunLimit", options => options.Health.RunLimit = TimeSpan.Zero },
        { "ProgressLimit", options => options.Health.ProgressLimit = TimeSpan.Zero },
    };

    [Theory]
    [MemberData(nameof(Bad))]
    public async Task Start_OptionOutOfRange_IsRefusedNamingIt(string name, Action<EdgeHostRuntimeOptions> configure)
    {
        var builder = Host.CreateEmptyApplicationBuilder(new HostApplicationBuilderSettings());
        builder.Services.AddSingleton<Engines.IInferenceEngine>(new SimulatedEngine());
        builder.Services.AddSingleton<IModelSource>(new SimulatedModelSource());
        builder.Services.AddEdgeHostRuntime(configure);
        using var host = builder.Build();

        var e = await Assert.ThrowsAsync<OptionsValidationException>(() => host.StartAsync());

        Assert.Contains(name, e.Message, StringComparison.Ordinal);
    }
}
