using EdgeHost.PluginSdk;
using EdgeHost.PluginSdk.Typed;

namespace TestPlugins.Ledger;

/// <summary>The entry point.</summary>
public sealed class LedgerPlugin : EdgeHostPlugin
{
    public override void Configure(IPluginBuilder plugin) => plugin.AddCapability<WorkHandler>().AddCapability<FollowHandler>();
}
