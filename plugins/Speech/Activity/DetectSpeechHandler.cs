using EdgeHost.Capabilities.Speech;
using EdgeHost.Plugins.Speech.Audio;
using EdgeHost.PluginSdk;
using EdgeHost.PluginSdk.Typed;

namespace EdgeHost.Plugins.Speech.Activity;

/// <summary>Serves <c>speech.detect_speech</c>.</summary>
[Capability(
    SpeechMethods.DetectSpeech,
    Summary = "Finds where somebody speaks in a sound.",
    Example = """{"audio":"@meeting.wav","min_silence_ms":500}""",
    Models = [SpeechDetector.ModelId])]
internal sealed class DetectSpeechHandler : CapabilityHandler<DetectSpeechRequest, DetectSpeechResponse>
{
    public override async ValueTask<DetectSpeechResponse> HandleAsync(
        DetectSpeechRequest request, CapabilityContext context, CancellationToken cancellationToken)
    {
        var source = AudioReader.Open(request.Audio, request.Format, request.SampleRateHz, request.Channels);
        using var detector = await SpeechDetector.CreateAsync(context.Models, cancellationToken).ConfigureAwait(false);
        var scanner = new SpeechScanner(detector, OptionsOf(request));
        var spans = new List<SpeechSpan>();
        await scanner.ScanAsync(
            source,
            span =>
            {
                spans.Add(span);
                return ValueTask.CompletedTask;
            },
            cancellationToken).ConfigureAwait(false);
        return new DetectSpeechResponse
        {
            Segments = [.. spans.Select(static span => new SpeechSegment { StartMs = span.StartMs, EndMs = span.EndMs })],
            DurationMs = scanner.Position / (AudioReader.SpeechRate / 1000),
            SpeechShare = scanner.Position == 0 ? 0 : (double)spans.Sum(static span => span.End - span.Start) / scanner.Position,
            Models = [detector.Model],
        };
    }

    private static EndpointOptions OptionsOf(DetectSpeechRequest request)
    {
        var standard = new EndpointOptions();
        return standard with
        {
            Threshold = (float?)request.Threshold ?? standard.Threshold,
            MinSilence = request.MinSilenceMs is { } silence ? TimeSpan.FromMilliseconds(silence) : standard.MinSilence,
            MinSpeech = request.MinSpeechMs is { } speech ? TimeSpan.FromMilliseconds(speech) : standard.MinSpeech,
            Pad = request.PadMs is { } pad ? TimeSpan.FromMilliseconds(pad) : standard.Pad,
        };
    }
}
