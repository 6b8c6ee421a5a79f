using EdgeHost.Plugins.Speech.Conversation;
using EdgeHost.Plugins.Speech.Synthesis.Engines;
using EdgeHost.Plugins.Speech.Synthesis.Piper;
using EdgeHost.Plugins.Speech.Synthesis.Programs;
using EdgeHost.PluginSdk;
using EdgeHost.PluginSdk.Typed;
using Microsoft.Extensions.DependencyInjection;

namespace EdgeHost.Plugins.Speech.Synthesis;

/// <summary>Registers speaking and voice sessions.</summary>
internal static class SynthesisRegistration
{
    /// <summary>Adds the engines, the best first, and the capabilities.</summary>
    /// <param name="plugin">Where to register.</param>
    public static void AddSynthesis(this IPluginBuilder plugin)
    {
        plugin.Services
            .AddSingleton(SynthesisOptions.FromSettings(plugin.Environment.Settings))
            .AddSingleton<ProgramPool>()
            .AddSingleton<EspeakEngine>()
            .AddSingleton<FliteEngine>()
            .AddSingleton<Phonemiser>()
            .AddSingleton<PiperEngine>()
            .AddSingleton<ISpeechEngine>(static services => services.GetRequiredService<PiperEngine>())
            .AddSingleton<ISpeechEngine>(static services => services.GetRequiredService<EspeakEngine>())
            .AddSingleton<ISpeechEngine>(static services => services.GetRequiredService<FliteEngine>())
            .AddSingleton<SpeechEngines>()
            .AddSingleton<Speaker>()
            .AddSingleton<IKeywordListeners, KeywordListeners>();
        plugin.AddCapability<SynthesizeHandler>()
            .AddCapability<SynthesizeStreamHandler>()
            .AddCapability<VoicesHandler>()
            .AddCapability<ConverseHandler>();
    }
}
