using EdgeHost.Capabilities.Speech;
using EdgeHost.Plugins.Speech.Activity;
using EdgeHost.Plugins.Speech.Audio;
using EdgeHost.Plugins.Speech.Transcription.Recognition;
using EdgeHost.PluginSdk;
using EdgeHost.PluginSdk.Typed;

namespace EdgeHost.Plugins.Speech.Transcription;

/// <summary>Serves <c>speech.transcribe_stream</c>.</summary>
[Capability(
    SpeechMethods.TranscribeStream,
    Summary = "Writes down what is said while it is said: unfinished text that grows, and final text soon after each pause.",
    Example = """{"sample_rate_hz":16000,"partials":true}""",
    Models = [SpeechDetector.ModelId, Recognisers.DefaultEncoder, Recognisers.DefaultDecoder],
    Tasks = [Recognisers.TaskName])]
internal sealed class TranscribeStreamHandler(Recognisers recognisers, TimeProvider time)
    : DuplexCapabilityHandler<TranscribeStreamRequest, AudioChunk, TranscriptItem, TranscribeStreamResponse>
{
    public override async ValueTask<TranscribeStreamResponse> HandleAsync(
        TranscribeStreamRequest request, IAsyncEnumerable<AudioChunk> pushes, ItemWriter<TranscriptItem> items, CapabilityContext context, CancellationToken cancellationToken)
    {
        var decoder = new StreamDecoder(AudioReader.RawFormat(request.Format, request.SampleRateHz, request.Channels));
        using var recogniser = await recognisers.OpenAsync(context.Models, request.Language, request.Model, cancellationToken).ConfigureAwait(false);
        using var detector = await SpeechDetector.CreateAsync(context.Models, cancellationToken).ConfigureAwait(false);
        TimeSpan? pause = request.EndOfSpeechMs is { } ms ? TimeSpan.FromMilliseconds(ms) : null;
        var scanner = new SpeechScanner(detector, TranscriptionEndpoints.For(recogniser.Longest, pause));
        var live = new LiveTranscriber(scanner, recogniser, time, request.Partials ?? true, items.WriteAsync);
        await using (live.ConfigureAwait(false))
        {
            var input = new SampleQueue();
            await foreach (var push in pushes.ConfigureAwait(false))
            {
                for (var rest = push.Audio; decoder.TryPush(ref rest, input);) await live.HearAsync(input, cancellationToken).ConfigureAwait(false);
            }

            decoder.Finish(input);
            await live.HearAsync(input, cancellationToken).ConfigureAwait(false);
            await live.FinishAsync(input, cancellationToken).ConfigureAwait(false);
            return new TranscribeStreamResponse { Segments = live.Segments, DurationMs = decoder.DurationMs, Models = [detector.Model, .. recogniser.Models] };
        }
    }
}
