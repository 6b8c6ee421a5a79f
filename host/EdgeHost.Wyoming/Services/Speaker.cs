using EdgeHost.Capabilities.Speech;
using EdgeHost.Client;
using EdgeHost.Wyoming.Events;

namespace EdgeHost.Wyoming.Services;

/// <summary><c>synthesize</c>: answers with <c>audio-start</c>, <c>audio-chunk</c>s as they are spoken, and <c>audio-stop</c>.</summary>
internal sealed class Speaker(EdgeHostClient client, WyomingWriter writer)
{
    private const int Width = 2;
    private const int MostChunkBytes = 16 << 10;

    /// <summary>Says a text.</summary>
    /// <param name="text">The text.</param>
    /// <param name="voice">The voice, or null.</param>
    /// <param name="language">The language, or null.</param>
    /// <param name="cancellationToken">Stops.</param>
    /// <exception cref="EdgeHostException">As <c>speech.synthesize_stream</c> says.</exception>
    public async ValueTask SayAsync(string text, string? voice, string? language, CancellationToken cancellationToken)
    {
        var (rate, sent) = (0, 0L);
        var request = new SynthesizeStreamRequest { Text = text, Voice = voice, Language = voice is null ? language : null };
        await foreach (var chunk in client.Speech.SynthesizeStreamAsync(request, options: null, cancellationToken).ConfigureAwait(false))
        {
            if (rate == 0)
            {
                rate = chunk.SampleRateHz;
                await writer.WriteAsync(new WyomingEvent("audio-start", Shape(rate, 0)), cancellationToken).ConfigureAwait(false);
            }

            for (var rest = chunk.Audio; rest.Length > 0;)
            {
                var piece = rest[..Math.Min(MostChunkBytes, rest.Length)];
                await writer.WriteAsync(new WyomingEvent("audio-chunk", Shape(rate, sent * 1000 / Width / rate), piece), cancellationToken).ConfigureAwait(false);
                sent += piece.Length;
                rest = rest[piece.Length..];
            }
        }

        if (rate > 0) await writer.WriteAsync(new WyomingEvent("audio-stop", new() { ["timestamp"] = sent * 1000 / Width / rate }), cancellationToken).ConfigureAwait(false);
    }

    private static System.Text.Json.Nodes.JsonObject Shape(int rate, long timestamp)
        => new() { ["rate"] = rate, ["width"] = Width, ["channels"] = 1, ["timestamp"] = timestamp };
}
