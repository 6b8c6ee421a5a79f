using EdgeHost.Plugins.Speech.Activity;
using EdgeHost.PluginSdk;
using EdgeHost.PluginSdk.Typed;

namespace EdgeHost.Plugins.Speech;

/// <summary>The entry point: hearing and speaking.</summary>
public sealed class SpeechPlugin : EdgeHostPlugin
{
    public override void Configure(IPluginBuilder plugin)
    {
        ArgumentNullException.ThrowIfNull(plugin);
        plugin.AddCapability<DetectSpeechHandler>()
            .AddCapability<DetectSpeechStreamHandler>();
    }
}
