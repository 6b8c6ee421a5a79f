using EdgeHost.Capabilities.Speech;
using EdgeHost.Plugins.Text.Sentences;
using EdgeHost.Plugins.Speech.Synthesis.Piper;
using EdgeHost.PluginSdk;
using EdgeHost.PluginSdk.Typed;

namespace EdgeHost.Plugins.Speech.Synthesis;

/// <summary>Serves <c>speech.synthesize_stream</c>.</summary>
[Capability(
    SpeechMethods.SynthesizeStream,
    Summary = "Says a text sentence by sentence: the first sound comes before the last sentence is spoken.",
    Example = """{"text":"Hello. The kettle is on."}""", Tasks = [VoiceModels.Task])]
internal sealed class SynthesizeStreamHandler(Speaker speaker, SynthesisOptions options) : StreamingCapabilityHandler<SynthesizeStreamRequest, SpeechChunk, SynthesizeStreamResponse>
{
    public override async ValueTask<SynthesizeStreamResponse> HandleAsync(
        SynthesizeStreamRequest request, ItemWriter<SpeechChunk> items, CapabilityContext context, CancellationToken cancellationToken)
    {
        speaker.Check(request.Text);
        var wish = new SpeechWish(request.Voice, request.Language, request.Rate, request.Pitch, request.SampleRateHz);
        using var speech = await speaker.OpenAsync(wish, context.Models, cancellationToken).ConfigureAwait(false);
        var number = 0;
        foreach (var sentence in SentenceSplitter.Split(request.Text, options.MaxSentenceCharacters))
        {
            var sound = await speech.SpeakAsync(request.Text.AsMemory(sentence.Start, sentence.Length), cancellationToken).ConfigureAwait(false);
            foreach (var piece in SoundPieces.Of(sound, speech.SampleRate))
            {
                var chunk = new SpeechChunk { Audio = piece, SampleRateHz = speech.SampleRate, Sentence = number, TextStart = sentence.Start, TextLength = sentence.Length };
                await items.WriteAsync(chunk, cancellationToken).ConfigureAwait(false);
            }

            number++;
        }

        return new SynthesizeStreamResponse { SampleRateHz = speech.SampleRate, DurationMs = speech.DurationMs, Voice = speech.Voice, Engine = speech.Engine, Models = speech.Models };
    }
}
