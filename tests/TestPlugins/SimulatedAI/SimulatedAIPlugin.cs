using EdgeHost.PluginSdk;
using EdgeHost.PluginSdk.Typed;

namespace TestPlugins.SimulatedAI;

/// <summary>
/// Stands in for the plugins of language and speech: takes their requests, and answers in their shapes with what a test can compare, not with intelligence.
/// </summary>
public sealed class SimulatedAIPlugin : EdgeHostPlugin
{
    public override void Configure(IPluginBuilder plugin)
        => plugin.AddCapability<GenerateHandler>().AddCapability<EmbedHandler>().AddCapability<TranscribeHandler>().AddCapability<TranscribeStreamHandler>();
}
