using System.Buffers;
using EdgeHost.Capabilities.Speech;
using EdgeHost.Plugins.Text.Sentences;
using EdgeHost.Plugins.Speech.Synthesis.Piper;
using EdgeHost.PluginSdk;
using EdgeHost.PluginSdk.Typed;
using Microsoft.Extensions.Logging;

namespace EdgeHost.Plugins.Speech.Synthesis;

/// <summary>Serves <c>speech.synthesize</c>.</summary>
[Capability(SpeechMethods.Synthesize, Summary = "Says a text: gives it as sound.", Example = """{"text":"Hello. The kettle is on."}""", Tasks = [VoiceModels.Task])]
internal sealed partial class SynthesizeHandler(Speaker speaker, SynthesisOptions options, TimeProvider time) : CapabilityHandler<SynthesizeRequest, SynthesizeResponse>
{
    public override async ValueTask<SynthesizeResponse> HandleAsync(SynthesizeRequest request, CapabilityContext context, CancellationToken cancellationToken)
    {
        speaker.Check(request.Text);
        var started = time.GetTimestamp();
        var wish = new SpeechWish(request.Voice, request.Language, request.Rate, request.Pitch, request.SampleRateHz);
        using var speech = await speaker.OpenAsync(wish, context.Models, cancellationToken).ConfigureAwait(false);
        var file = new ArrayBufferWriter<byte>();
        file.GetSpan(WavHeader.Bytes)[..WavHeader.Bytes].Clear();
        file.Advance(WavHeader.Bytes);
        foreach (var sentence in SentenceSplitter.Split(request.Text, options.MaxSentenceCharacters))
        {
            var sound = await speech.SpeakAsync(request.Text.AsMemory(sentence.Start, sentence.Length), cancellationToken).ConfigureAwait(false);
            file.Write(sound.Span);
            if (speech.DurationMs > options.MaxSeconds * 1000L)
            {
                throw new EdgeHostException(ErrorCode.ResourceExhausted, $"The text is longer than {options.MaxSeconds} s when spoken. Call speech.synthesize_stream, which has no such limit, or send it in parts.");
            }
        }

        var audio = file.WrittenMemory.ToArray();
        WavHeader.Write(audio, audio.Length - WavHeader.Bytes, speech.SampleRate);
        LogSpoken(context.Logger, request.Text.Length, speech.Voice, speech.DurationMs, time.GetElapsedTime(started).TotalMilliseconds);
        return new SynthesizeResponse
        {
            Audio = audio,
            SampleRateHz = speech.SampleRate,
            DurationMs = speech.DurationMs,
            Voice = speech.Voice,
            Engine = speech.Engine,
            Models = speech.Models,
        };
    }

    [LoggerMessage(Level = LogLevel.Debug, Message = "{Characters} characters were spoken by {Voice}: {SoundMs} ms of sound in {Milliseconds:F1} ms.")]
    private static partial void LogSpoken(ILogger logger, int characters, string voice, long soundMs, double milliseconds);
}
