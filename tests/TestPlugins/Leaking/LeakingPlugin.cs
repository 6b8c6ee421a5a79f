using EdgeHost.PluginSdk;

namespace TestPlugins.Leaking;

/// <summary>Leases a model and forgets the leases.</summary>
public sealed class LeakingPlugin : EdgeHostPlugin
{
    public override void Configure(IPluginBuilder plugin)
    {
        plugin.AddCapability(new CapabilityDescriptor { Method = "leaking.lease" }, _ => new LeakingHandler(runs: false));
        plugin.AddCapability(new CapabilityDescriptor { Method = "leaking.run" }, _ => new LeakingHandler(runs: true));
    }
}
