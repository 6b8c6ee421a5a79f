using EdgeHost.Capabilities.Speech;
using EdgeHost.Client;
using EdgeHost.Wyoming.Events;

namespace EdgeHost.Wyoming.Services;

/// <summary><c>transcribe</c>: hears until the audio stops, answers with <c>transcript</c>.</summary>
internal sealed class TranscriptionTask(EdgeHostClient client, WyomingWriter writer, string? model, string? language) : AudioCall<TranscriptItem, TranscribeStreamResponse>
{
    private readonly List<string> _segments = [];

    protected override ValueTask<OpenCall<AudioChunk, TranscriptItem, TranscribeStreamResponse>> OpenAsync(AudioShape shape, CancellationToken cancellationToken)
        => client.Speech.OpenTranscriptionAsync(
            new TranscribeStreamRequest
            {
                Format = shape.Format, SampleRateHz = shape.SampleRateHz, Channels = shape.Channels, Language = language, Model = model, Partials = false,
            },
            options: null,
            cancellationToken);

    protected override ValueTask TakeAsync(TranscriptItem item, CancellationToken cancellationToken)
    {
        if (item is { IsFinal: true, Text.Length: > 0 }) _segments.Add(item.Text);
        return ValueTask.CompletedTask;
    }

    protected override ValueTask AnswerAsync(CancellationToken cancellationToken)
        => writer.WriteAsync(new WyomingEvent("transcript", new() { ["text"] = string.Join(' ', _segments), ["language"] = language }), cancellationToken);
}
