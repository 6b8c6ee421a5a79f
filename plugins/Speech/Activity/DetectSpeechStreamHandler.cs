using EdgeHost.Capabilities.Speech;
using EdgeHost.Plugins.Speech.Audio;
using EdgeHost.PluginSdk;
using EdgeHost.PluginSdk.Typed;

namespace EdgeHost.Plugins.Speech.Activity;

/// <summary>Serves <c>speech.detect_speech_stream</c>.</summary>
[Capability(
    SpeechMethods.DetectSpeechStream,
    Summary = "Tells when somebody begins and ends to speak, while the sound comes in.",
    Example = """{"sample_rate_hz":16000}""",
    Models = [SpeechDetector.ModelId])]
internal sealed class DetectSpeechStreamHandler : DuplexCapabilityHandler<DetectSpeechStreamRequest, AudioChunk, SpeechEvent, DetectSpeechStreamResponse>
{
    private const int MostSegments = 1000;
    private const int SamplesPerMillisecond = AudioReader.SpeechRate / 1000;

    public override async ValueTask<DetectSpeechStreamResponse> HandleAsync(
        DetectSpeechStreamRequest request, IAsyncEnumerable<AudioChunk> pushes, ItemWriter<SpeechEvent> items, CapabilityContext context, CancellationToken cancellationToken)
    {
        var decoder = new StreamDecoder(AudioReader.RawFormat(request.Format, request.SampleRateHz, request.Channels));
        using var detector = await SpeechDetector.CreateAsync(context.Models, cancellationToken).ConfigureAwait(false);
        var scanner = new SpeechScanner(detector, OptionsOf(request));
        var (input, segments, wasSpeaking) = (new SampleQueue(), new Queue<SpeechSegment>(), false);
        await foreach (var push in pushes.ConfigureAwait(false))
        {
            for (var rest = push.Audio; decoder.TryPush(ref rest, input);) await ScanAsync().ConfigureAwait(false);
        }

        decoder.Finish(input);
        await ScanAsync().ConfigureAwait(false);
        if (await scanner.FinishAsync(input, cancellationToken).ConfigureAwait(false) is { } last) await EndAsync(last).ConfigureAwait(false);
        return new DetectSpeechStreamResponse { Segments = [.. segments], DurationMs = decoder.DurationMs, Models = [detector.Model] };

        async ValueTask ScanAsync()
        {
            while (await scanner.NextAsync(input, cancellationToken).ConfigureAwait(false) is { WasJudged: true } next)
            {
                if (request.Probabilities == true) await SendAsync(SpeechEventKind.Window, scanner.Position, scanner.Probability).ConfigureAwait(false);
                if (!wasSpeaking && scanner is { IsSpeaking: true, Current: { } current })
                {
                    wasSpeaking = true;
                    await SendAsync(SpeechEventKind.Start, current.Start, probability: null).ConfigureAwait(false);
                }

                if (next.Ended is { } ended) await EndAsync(ended).ConfigureAwait(false);
            }
        }

        async ValueTask EndAsync(SpeechSpan span)
        {
            if (!wasSpeaking) await SendAsync(SpeechEventKind.Start, span.Start, probability: null).ConfigureAwait(false);
            wasSpeaking = false;
            if (segments.Count == MostSegments) segments.Dequeue();
            segments.Enqueue(new SpeechSegment { StartMs = span.StartMs, EndMs = span.EndMs });
            await SendAsync(SpeechEventKind.End, span.End, probability: null).ConfigureAwait(false);
        }

        ValueTask SendAsync(SpeechEventKind kind, long sample, double? probability)
            => items.WriteAsync(new SpeechEvent { Kind = kind, TimeMs = sample / SamplesPerMillisecond, Probability = probability }, cancellationToken);
    }

    private static EndpointOptions OptionsOf(DetectSpeechStreamRequest request)
    {
        var standard = new EndpointOptions();
        return standard with
        {
            Threshold = (float?)request.Threshold ?? standard.Threshold,
            MinSilence = request.MinSilenceMs is { } silence ? TimeSpan.FromMilliseconds(silence) : standard.MinSilence,
        };
    }
}
