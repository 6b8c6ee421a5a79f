using EdgeHost;
using EdgeHost.PluginSdk;

namespace TestPlugins.Good;

/// <summary>Does everything right. Built twice, so that a test can replace one version by the other.</summary>
public sealed class GoodPlugin : EdgeHostPlugin
{
    public override void Configure(IPluginBuilder plugin)
    {
#if NEXT
        const string Version = "2";
        plugin.AddCapability(new CapabilityDescriptor { Method = "good.settings" }, _ => new SettingsHandler(plugin.Environment));
#else
        const string Version = "1";
#endif
        plugin.AddCapability(new CapabilityDescriptor { Method = "good.version", Models = ["tiny"] }, _ => new VersionHandler(Version));
        plugin.AddCapability(new CapabilityDescriptor { Method = "good.wait" }, _ => new WaitHandler());
        plugin.AddCapability(
            new CapabilityDescriptor { Method = "good.stream", Kind = CapabilityKind.ServerStream },
            _ => new StreamHandler());
    }
}
