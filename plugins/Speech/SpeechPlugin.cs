using EdgeHost.Plugins.Speech.Activity;
using EdgeHost.Plugins.Speech.Keywords;
using EdgeHost.Plugins.Speech.Keywords.Personal;
using EdgeHost.Plugins.Speech.Keywords.Teaching;
using EdgeHost.Plugins.Speech.Synthesis;
using EdgeHost.Plugins.Speech.Transcription;
using EdgeHost.Plugins.Speech.Transcription.Recognition;
using EdgeHost.PluginSdk;
using EdgeHost.PluginSdk.Typed;
using Microsoft.Extensions.DependencyInjection;

namespace EdgeHost.Plugins.Speech;

/// <summary>The entry point: hearing and speaking.</summary>
public sealed class SpeechPlugin : EdgeHostPlugin
{
    public override void Configure(IPluginBuilder plugin)
    {
        ArgumentNullException.ThrowIfNull(plugin);
        plugin.Services
            .AddSingleton<Vocabularies>()
            .AddSingleton<Recognisers>()
            .AddSingleton<KeywordCatalog>()
            .AddSingleton<PersonalKeywords>()
            .AddSingleton<NegativeFile>()
            .AddSingleton<PhraseVoices>();
        plugin.AddCapability<DetectSpeechHandler>()
            .AddCapability<DetectSpeechStreamHandler>()
            .AddCapability<TranscribeHandler>()
            .AddCapability<TranscribeStreamHandler>()
            .AddCapability<SpotKeywordHandler>()
            .AddCapability<SpotKeywordStreamHandler>()
            .AddCapability<KeywordsHandler>()
            .AddCapability<TeachKeywordHandler>()
            .AddCapability<ForgetKeywordHandler>();
        plugin.AddSynthesis();
    }
}
