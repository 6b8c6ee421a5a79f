using EdgeHost.PluginSdk;
using EdgeHost.PluginSdk.Typed;
using Microsoft.Extensions.DependencyInjection;

namespace TestPlugins.Conformance;

/// <summary>The methods that sdk/conformance asks of a host under test; its README says what each does.</summary>
public sealed class ConformancePlugin : EdgeHostPlugin
{
    public override void Configure(IPluginBuilder plugin)
    {
        plugin.Services.AddSingleton<Board>();
        plugin.AddCapability(new CapabilityDescriptor { Method = "conformance.echo" }, _ => new EchoHandler());
        plugin.AddCapability<CountHandler>()
            .AddCapability<CrashHandler>()
            .AddCapability<DoubleHandler>()
            .AddCapability<FailHandler>()
            .AddCapability<HoldHandler>()
            .AddCapability<MeasureHandler>()
            .AddCapability<PriorityHandler>()
            .AddCapability<ReleaseHandler>()
            .AddCapability<RunsHandler>()
            .AddCapability<SumHandler>()
            .AddCapability<WaitHandler>();
    }
}
