using EdgeHost.Capabilities.Speech;
using EdgeHost.Client;
using EdgeHost.Wyoming.Events;

namespace EdgeHost.Wyoming.Services;

/// <summary><c>transcribe</c>: hears until the audio stops, answers with <c>transcript</c>.</summary>
internal sealed class TranscriptionTask(EdgeHostClient client, WyomingWriter writer, string? model, string? language) : IAudioTask
{
    private readonly List<string> _segments = [];
    private OpenCall<AudioChunk, TranscriptItem, TranscribeStreamResponse>? _call;
    private Task _reading = Task.CompletedTask;

    public async ValueTask HearAsync(AudioShape shape, ReadOnlyMemory<byte> samples, CancellationToken cancellationToken)
    {
        if (_call is null)
        {
            var request = new TranscribeStreamRequest
            {
                Format = shape.Format, SampleRateHz = shape.SampleRateHz, Channels = shape.Channels, Language = language, Model = model, Partials = false,
            };
            _call = await client.Speech.OpenTranscriptionAsync(request, options: null, cancellationToken).ConfigureAwait(false);
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

        await writer.WriteAsync(new WyomingEvent("transcript", new() { ["text"] = string.Join(' ', _segments), ["language"] = language }), cancellationToken).ConfigureAwait(false);
    }

    public async ValueTask DisposeAsync()
    {
        if (_call is null) return;
        await _call.DisposeAsync().ConfigureAwait(false);
        await _reading.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }

    private async Task ReadAsync(OpenCall<AudioChunk, TranscriptItem, TranscribeStreamResponse> call, CancellationToken cancellationToken)
    {
        await foreach (var item in call.ReadAllAsync(cancellationToken).ConfigureAwait(false))
        {
            if (item is { IsFinal: true, Text.Length: > 0 }) _segments.Add(item.Text);
        }
    }
}
