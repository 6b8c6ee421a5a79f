using EdgeHost.Plugins.Language.Embedding;
using EdgeHost.Plugins.Language.Encoders;
using EdgeHost.Plugins.Language.Generation;
using EdgeHost.Plugins.Language.Generation.Caching;
using EdgeHost.Plugins.Language.Generation.Decoding;
using EdgeHost.Plugins.Language.Generation.Models;
using EdgeHost.Plugins.Language.Generation.Serving;
using EdgeHost.Plugins.Language.Generation.Sessions;
using EdgeHost.Plugins.Language.Sentiments;
using EdgeHost.PluginSdk;
using EdgeHost.PluginSdk.Typed;
using Microsoft.Extensions.DependencyInjection;

namespace EdgeHost.Plugins.Language;

/// <summary>The entry point: what texts say and how, texts that models write, and vectors of texts.</summary>
public sealed class LanguagePlugin : EdgeHostPlugin
{
    public override void Configure(IPluginBuilder plugin)
    {
        ArgumentNullException.ThrowIfNull(plugin);
        plugin.Services
            .AddSingleton(SentimentOptions.FromSettings(plugin.Environment.Settings))
            .AddSingleton<TextEncoder>()
            .AddSingleton<SentimentAnalyzer>()
            .AddSingleton(GenerationOptions.FromSettings(plugin.Environment.Settings))
            .AddSingleton(EmbeddingOptions.FromSettings(plugin.Environment.Settings))
            .AddSingleton<TextModels>()
            .AddSingleton<CacheBudget>()
            .AddSingleton<PrefixCache>()
            .AddSingleton<SessionStore>()
            .AddSingleton<ReadBefore>()
            .AddSingleton<DecodeLoops>();
        plugin.AddCapability<AnalyzeSentimentHandler>();
        plugin.AddCapability<GenerateHandler>();
        plugin.AddCapability<CountTokensHandler>();
        plugin.AddCapability<EmbedHandler>();
    }
}
