using EdgeHost.Plugins.Translation.Detection;
using EdgeHost.Plugins.Translation.Handlers;
using EdgeHost.Plugins.Translation.Marian;
using EdgeHost.PluginSdk;
using EdgeHost.PluginSdk.Typed;
using Microsoft.Extensions.DependencyInjection;

namespace EdgeHost.Plugins.Translation;

/// <summary>The entry point: from one language into another.</summary>
public sealed class TranslationPlugin : EdgeHostPlugin
{
    public override void Configure(IPluginBuilder plugin)
    {
        ArgumentNullException.ThrowIfNull(plugin);
        plugin.Services
            .AddSingleton(TranslationOptions.FromSettings(plugin.Environment.Settings))
            .AddSingleton<LanguageTeller>()
            .AddSingleton<MarianFiles>()
            .AddSingleton<TextTranslator>();
        plugin.AddCapability<TranslateHandler>()
            .AddCapability<TranslateStreamHandler>()
            .AddCapability<DetectLanguageHandler>()
            .AddCapability<LanguagesHandler>();
    }
}
