using EdgeHost.Capabilities.Speech;
using EdgeHost.Plugins.Speech.Activity;
using EdgeHost.Plugins.Speech.Audio;
using EdgeHost.Plugins.Speech.Transcription.Recognition;
using EdgeHost.PluginSdk;
using EdgeHost.PluginSdk.Typed;

namespace EdgeHost.Plugins.Speech.Transcription;

/// <summary>Serves <c>speech.transcribe</c>: cuts at pauses, writes each stretch down.</summary>
[Capability(
    SpeechMethods.Transcribe,
    Summary = "Writes down what is said in a sound, with time stamps.",
    Example = """{"audio":"@note.wav"}""",
    Models = [SpeechDetector.ModelId, Recognisers.DefaultEncoder, Recognisers.DefaultDecoder],
    Tasks = [Recognisers.TaskName])]
internal sealed class TranscribeHandler(Recognisers recognisers) : CapabilityHandler<TranscribeRequest, TranscribeResponse>
{
    public override async ValueTask<TranscribeResponse> HandleAsync(TranscribeRequest request, CapabilityContext context, CancellationToken cancellationToken)
    {
        var source = AudioReader.Open(request.Audio, request.Format, request.SampleRateHz, request.Channels);
        using var recogniser = await recognisers.OpenAsync(context.Models, request.Language, request.Model, cancellationToken).ConfigureAwait(false);
        using var detector = await SpeechDetector.CreateAsync(context.Models, cancellationToken).ConfigureAwait(false);
        var scanner = new SpeechScanner(detector, TranscriptionEndpoints.For(recogniser.Longest, pause: null));
        var segments = new List<TranscriptSegment>();
        await scanner.ScanAsync(source, WriteDownAsync, cancellationToken).ConfigureAwait(false);
        return new TranscribeResponse
        {
            Text = string.Join(' ', segments.Select(static segment => segment.Text)),
            Segments = segments,
            Language = recogniser.Language,
            DurationMs = scanner.Position / (AudioReader.SpeechRate / 1000),
            Models = [detector.Model, .. recogniser.Models],
        };

        async ValueTask WriteDownAsync(SpeechSpan span)
        {
            var heard = await recogniser.RecogniseAsync(scanner.SamplesOf(span).ToArray(), cancellationToken).ConfigureAwait(false);
            if (heard.Text.Length > 0) segments.Add(new TranscriptSegment { StartMs = span.StartMs, EndMs = span.EndMs, Text = heard.Text, IsCut = heard.IsCut });
        }
    }
}
