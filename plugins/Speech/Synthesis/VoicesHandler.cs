using EdgeHost.Capabilities.Speech;
using EdgeHost.Plugins.Speech.Synthesis.Engines;
using EdgeHost.Plugins.Speech.Synthesis.Piper;
using EdgeHost.PluginSdk;
using EdgeHost.PluginSdk.Typed;

namespace EdgeHost.Plugins.Speech.Synthesis;

/// <summary>Serves <c>speech.voices</c>.</summary>
[Capability(SpeechMethods.Voices, Summary = "Lists the voices that can speak on this device, and what gets those that cannot yet.", Example = """{"language":"en"}""", Tasks = [VoiceModels.Task])]
internal sealed class VoicesHandler(SpeechEngines engines) : CapabilityHandler<VoicesRequest, VoicesResponse>
{
    private const int MostSpeakers = 64;

    public override async ValueTask<VoicesResponse> HandleAsync(VoicesRequest request, CapabilityContext context, CancellationToken cancellationToken)
    {
        var voices = await engines.ListAsync(request.Language, context.Models, cancellationToken).ConfigureAwait(false);
        return new VoicesResponse
        {
            Voices = [.. voices.SelectMany(IdsOf, static (voice, id) => new VoiceInfo
            {
                Voice = id,
                Engine = voice.Engine,
                Name = voice.Name,
                Languages = [.. voice.Languages.Select(static language => language.Tag)],
                IsAvailable = voice.Hint is null,
                SampleRateHz = voice.SampleRate,
                Licence = voice.Licence,
                Hint = voice.Hint,
            })],
        };
    }

    // A voice of several speakers is as many voices to an app.
    private static IEnumerable<string> IdsOf(Voice voice) => voice.Speakers.Count == 0 ? [voice.Id] : voice.Speakers.Take(MostSpeakers).Select(speaker => $"{voice.Id}#{speaker}");
}
