using EdgeHost.Capabilities.Speech;
using EdgeHost.Client;
using EdgeHost.Wyoming.Events;

namespace EdgeHost.Wyoming.Services;

/// <summary><c>detect</c>: answers each keyword with <c>detection</c> as it is heard, and the end of audio without any with <c>not-detected</c>.</summary>
internal sealed class WakeTask(EdgeHostClient client, WyomingWriter writer, IReadOnlyList<string>? keywords) : AudioCall<KeywordDetection, SpotKeywordStreamResponse>
{
    private int _detections;

    protected override ValueTask<OpenCall<AudioChunk, KeywordDetection, SpotKeywordStreamResponse>> OpenAsync(AudioShape shape, CancellationToken cancellationToken)
        => client.Speech.OpenKeywordSpottingAsync(
            new SpotKeywordStreamRequest { Format = shape.Format, SampleRateHz = shape.SampleRateHz, Channels = shape.Channels, Keywords = keywords }, options: null, cancellationToken);

    protected override ValueTask TakeAsync(KeywordDetection item, CancellationToken cancellationToken)
    {
        _detections++;
        return writer.WriteAsync(new WyomingEvent("detection", new() { ["name"] = item.Keyword, ["timestamp"] = item.TimeMs }), cancellationToken);
    }

    protected override ValueTask AnswerAsync(CancellationToken cancellationToken)
        => _detections == 0 ? writer.WriteAsync(WyomingEvent.Of("not-detected"), cancellationToken) : ValueTask.CompletedTask;
}
