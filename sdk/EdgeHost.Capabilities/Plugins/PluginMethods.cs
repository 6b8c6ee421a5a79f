namespace EdgeHost.Capabilities.Plugins;

/// <summary>Names of the host's methods for plugins.</summary>
public static class PluginMethods
{
    /// <summary><see cref="ListPluginsRequest"/> to <see cref="ListPluginsResponse"/>.</summary>
    public const string List = "plugins.list";
}
