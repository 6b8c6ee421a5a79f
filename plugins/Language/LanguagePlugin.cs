using EdgeHost.Plugins.Language.Encoders;
using EdgeHost.Plugins.Language.Sentiments;
using EdgeHost.PluginSdk;
using EdgeHost.PluginSdk.Typed;
using Microsoft.Extensions.DependencyInjection;

namespace EdgeHost.Plugins.Language;

/// <summary>The entry point: what texts say and how.</summary>
public sealed class LanguagePlugin : EdgeHostPlugin
{
    public override void Configure(IPluginBuilder plugin)
    {
        ArgumentNullException.ThrowIfNull(plugin);
        plugin.Services
            .AddSingleton(SentimentOptions.FromSettings(plugin.Environment.Settings))
            .AddSingleton<TextEncoder>()
            .AddSingleton<SentimentAnalyzer>();
        plugin.AddCapability<AnalyzeSentimentHandler>();
    }
}
