using EdgeHost.PluginSdk;

namespace EdgeHost.PluginHost.Activation;

internal sealed class PluginStorage(string folder) : IPluginStorage
{
    public string DataFolder { get; } = folder;
}
