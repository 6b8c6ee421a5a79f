using EdgeHost.PluginSdk;
using EdgeHost.PluginSdk.Typed;
using Microsoft.Extensions.DependencyInjection;

namespace WordTools;

/// <summary>The entry point: says what the plugin offers.</summary>
public sealed class WordToolsPlugin : EdgeHostPlugin
{
    public override void Configure(IPluginBuilder plugin)
    {
        plugin.Services.AddSingleton<StopWords>();
        plugin.AddCapability<CountHandler>()
            .AddCapability<KeywordsHandler>()
            .AddCapability<CountLiveHandler>();
    }
}
