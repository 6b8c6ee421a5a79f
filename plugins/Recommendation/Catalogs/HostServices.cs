using EdgeHost.PluginSdk;
using EdgeHost.Plugins.Recommendation.Engine.Networks;

namespace EdgeHost.Plugins.Recommendation.Catalogs;

/// <summary>What the host does for a catalogue after the calls of its app, in the app's name and on its account: known from its first call on. Thread-safe.</summary>
internal sealed class HostServices
{
    private volatile INetworkTrainer? _networks;
    private volatile ICapabilityCaller? _calls;

    /// <summary>Trains networks; null before the first call.</summary>
    public INetworkTrainer? Networks => _networks;

    /// <summary>Calls other plugins; null before the first call.</summary>
    public ICapabilityCaller? Calls => _calls;

    /// <summary>Takes them from a call.</summary>
    public void Take(CapabilityContext call)
    {
        _networks = new NetworkTrainer(call.Trainer);
        _calls = call.Calls;
    }
}
