using EdgeHost.PluginSdk;
using EdgeHost.PluginSdk.Typed;

namespace TestPlugins.Transport;

/// <summary>The entry point.</summary>
public sealed class TransportPlugin : EdgeHostPlugin
{
    public override void Configure(IPluginBuilder plugin)
        => plugin.AddCapability<TakeHandler>().AddCapability<GiveHandler>().AddCapability<BlockHandler>().AddCapability<UsageHandler>()
            .AddCapability<SumHandler>().AddCapability<EchoHandler>();
}
