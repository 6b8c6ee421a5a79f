using EdgeHost.Capabilities.Speech;
using EdgeHost.Plugins.Speech.Activity;
using EdgeHost.Plugins.Speech.Audio;
using EdgeHost.Plugins.Speech.Keywords.Hearing;
using EdgeHost.PluginSdk;
using EdgeHost.PluginSdk.Typed;

namespace EdgeHost.Plugins.Speech.Keywords;

/// <summary>Serves <c>speech.spot_keyword</c>.</summary>
[Capability(
    SpeechMethods.SpotKeyword,
    Summary = "Finds keywords in a sound.",
    Example = """{"audio":"@kitchen.wav"}""",
    Models = [KeywordFeatures.SpectrogramModel, KeywordFeatures.EmbeddingModel, SpeechDetector.ModelId],
    Tasks = [KeywordModels.Task])]
internal sealed class SpotKeywordHandler(KeywordCatalog keywords) : CapabilityHandler<SpotKeywordRequest, SpotKeywordResponse>
{
    private const int BlockSamples = 4096;

    public override async ValueTask<SpotKeywordResponse> HandleAsync(SpotKeywordRequest request, CapabilityContext context, CancellationToken cancellationToken)
    {
        var source = AudioReader.Open(request.Audio, request.Format, request.SampleRateHz, request.Channels);
        using var spotter = await keywords.ListenAsync(context, request.Keywords, (float?)request.Threshold, request.RequireSpeech, cancellationToken).ConfigureAwait(false);
        var (block, detections) = (new float[BlockSamples], new List<KeywordDetection>());
        while (source.Read(block) is > 0 and var count)
        {
            Add(await spotter.HearAllAsync(block.AsMemory(0, count), cancellationToken).ConfigureAwait(false));
        }

        Add(await spotter.FinishAsync(cancellationToken).ConfigureAwait(false));
        return new SpotKeywordResponse
        {
            Detections = detections,
            DurationMs = spotter.Position / (AudioReader.SpeechRate / 1000),
            Peaks = [.. spotter.Peaks.Select(KeywordWire.ToDetection)],
            Models = spotter.Models,
        };

        void Add(IReadOnlyList<KeywordHit> hits) => detections.AddRange(hits.Select(KeywordWire.ToDetection));
    }
}
