using EdgeHost.PluginSdk;

namespace TestPlugins.NewerContract;

public sealed class NewerContractPlugin : EdgeHostPlugin
{
    public override void ConfigureDifferently()
    {
    }
}
