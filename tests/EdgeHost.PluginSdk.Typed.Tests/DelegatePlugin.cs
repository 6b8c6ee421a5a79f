namespace EdgeHost.PluginSdk.Typed.Tests;

/// <summary>A plugin made of a test's own registrations.</summary>
internal sealed class DelegatePlugin(Action<IPluginBuilder> configure) : EdgeHostPlugin
{
    public override void Configure(IPluginBuilder plugin) => configure(plugin);
}
