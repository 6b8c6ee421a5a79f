using EdgeHost.Capabilities.Speech;
using EdgeHost.Client;
using EdgeHost.Wyoming.Events;

namespace EdgeHost.Wyoming.Services;

/// <summary><c>detect</c>: answers each keyword with <c>detection</c> as it is heard, and the end of audio without any with <c>not-detected</c>.</summary>
internal sealed class WakeTask(EdgeHostClient client, WyomingWriter writer, IReadOnlyList<string>? keywords) : IAudioTask
{
    private OpenCall<AudioChunk, KeywordDetection, SpotKeywordStreamResponse>? _call;
    private Task _reading = Task.CompletedTask;
    private int _detections;

    public async ValueTask HearAsync(AudioShape shape, ReadOnlyMemory<byte> samples, CancellationToken cancellationToken)
    {
        if (_call is null)
        {
            var request = new SpotKeywordStreamRequest { Format = shape.Format, SampleRateHz = shape.SampleRateHz, Channels = shape.Channels, Keywords = keywords };
            _call = await client.Speech.OpenKeywordSpottingAsync(request, options: null, cancellationToken).ConfigureAwait(false);
            _reading = ReadAsync(_call, cancellationToken);
        }

        await _call.PushAsync(new AudioChunk { Audio = samples }, cancellationToken).ConfigureAwait(false);
    }

    public async ValueTask EndAsync(CancellationToken cancellationToken)
    {
        if (_call is not null)
        {
            await _call.CompleteAsync(cancellationToken).ConfigureAwait(false);
            await _reading.ConfigureAwait(false);
            await _call.ResponseAsync(cancellationToken).ConfigureAwait(false);
        }

        if (_detections == 0) await writer.WriteAsync(WyomingEvent.Of("not-detected"), cancellationToken).ConfigureAwait(false);
    }

    public async ValueTask DisposeAsync()
    {
        if (_call is null) return;
        await _call.DisposeAsync().ConfigureAwait(false);
        await _reading.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }

    private async Task ReadAsync(OpenCall<AudioChunk, KeywordDetection, SpotKeywordStreamResponse> call, CancellationToken cancellationToken)
    {
        await foreach (var item in call.ReadAllAsync(cancellationToken).ConfigureAwait(false))
        {
            _detections++;
            await writer.WriteAsync(new WyomingEvent("detection", new() { ["name"] = item.Keyword, ["timestamp"] = item.TimeMs }), cancellationToken).ConfigureAwait(false);
        }
    }
}
