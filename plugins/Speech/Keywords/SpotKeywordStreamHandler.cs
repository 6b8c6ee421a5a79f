using EdgeHost.Capabilities.Speech;
using EdgeHost.Plugins.Speech.Activity;
using EdgeHost.Plugins.Speech.Audio;
using EdgeHost.Plugins.Speech.Keywords.Hearing;
using EdgeHost.PluginSdk;
using EdgeHost.PluginSdk.Typed;

namespace EdgeHost.Plugins.Speech.Keywords;

/// <summary>Serves <c>speech.spot_keyword_stream</c>.</summary>
[Capability(
    SpeechMethods.SpotKeywordStream,
    Summary = "Tells when keywords are heard, while the sound comes in.",
    Example = """{"sample_rate_hz":16000}""",
    Models = [KeywordFeatures.SpectrogramModel, KeywordFeatures.EmbeddingModel, SpeechDetector.ModelId],
    Tasks = [KeywordModels.Task])]
internal sealed class SpotKeywordStreamHandler(KeywordCatalog keywords)
    : DuplexCapabilityHandler<SpotKeywordStreamRequest, AudioChunk, KeywordDetection, SpotKeywordStreamResponse>
{
    private const int BlockSamples = 4096;

    public override async ValueTask<SpotKeywordStreamResponse> HandleAsync(
        SpotKeywordStreamRequest request, IAsyncEnumerable<AudioChunk> pushes, ItemWriter<KeywordDetection> items, CapabilityContext context, CancellationToken cancellationToken)
    {
        var decoder = new StreamDecoder(AudioReader.RawFormat(request.Format, request.SampleRateHz, request.Channels));
        using var spotter = await keywords.ListenAsync(context, request.Keywords, (float?)request.Threshold, request.RequireSpeech, cancellationToken).ConfigureAwait(false);
        var (input, block, detections) = (new SampleQueue(), new float[BlockSamples], 0);
        await foreach (var push in pushes.ConfigureAwait(false))
        {
            for (var rest = push.Audio; decoder.TryPush(ref rest, input);) await HearAsync().ConfigureAwait(false);
        }

        decoder.Finish(input);
        await HearAsync().ConfigureAwait(false);
        await SendAsync(await spotter.FinishAsync(cancellationToken).ConfigureAwait(false)).ConfigureAwait(false);
        return new SpotKeywordStreamResponse { Detections = detections, DurationMs = decoder.DurationMs, Models = spotter.Models };

        async ValueTask HearAsync()
        {
            while (input.Read(block) is > 0 and var count)
            {
                await SendAsync(await spotter.HearAllAsync(block.AsMemory(0, count), cancellationToken).ConfigureAwait(false)).ConfigureAwait(false);
            }
        }

        async ValueTask SendAsync(IReadOnlyList<KeywordHit> hits)
        {
            foreach (var hit in hits)
            {
                detections++;
                await items.WriteAsync(hit.ToDetection(), cancellationToken).ConfigureAwait(false);
            }
        }
    }
}
