using EdgeHost.PluginSdk;
using EdgeHost.PluginSdk.Typed;

namespace TestPlugins.ModelRunner;

/// <summary>Runs steps of any model it is allowed to lease, so that a benchmark loads the real host without a real capability's own work.</summary>
public sealed class ModelRunnerPlugin : EdgeHostPlugin
{
    public override void Configure(IPluginBuilder plugin) => plugin.AddCapability<RunHandler>().AddCapability<FindHandler>();
}
