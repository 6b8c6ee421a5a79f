using EdgeHost.Benchmarks.Figures;
using EdgeHost.Benchmarks.Hosts;
using EdgeHost.Capabilities.Speech;
using EdgeHost.Client;
using EdgeHost.Plugins.Speech.Activity;

namespace EdgeHost.Benchmarks.Speech;

/// <summary>What it costs a host to listen for speech: streams of sound at the speed of sound, judged window by window and not written down.</summary>
/// <param name="host">The host.</param>
/// <param name="client">An app.</param>
internal sealed class ListeningCost(RunningHost host, EdgeHostClient client)
{
    private const int BytesPerSecond = 32_000;

    /// <summary>Measures one stream of detection, and one of transcription in which nobody speaks.</summary>
    /// <param name="seconds">Of sound.</param>
    /// <param name="cancellationToken">Stops.</param>
    public async Task<IReadOnlyList<Figure>> MeasureAsync(int seconds, CancellationToken cancellationToken)
    {
        var silence = new byte[seconds * BytesPerSecond];
        var detecting = await ShareAsync(seconds, () => DetectAsync(silence, cancellationToken));
        var waiting = await ShareAsync(seconds, () => WaitForSpeechAsync(silence, cancellationToken));
        Console.WriteLine($"listening for speech took {detecting:P1} of a core, {detecting * 1000 * Endpointer.WindowSamples / 16_000:F2} ms each 32 ms; a stream of transcription while nobody spoke {waiting:P1}");
        return
        [
            new Figure("share of a core of a stream that listens for speech", detecting, Aim: Bound.AtMost(0.05)),
            new Figure("share of a core of a stream of transcription while nobody speaks", waiting, Aim: Bound.AtMost(0.05)),
        ];
    }

    private async Task<double> ShareAsync(int seconds, Func<Task> listen)
    {
        var before = host.ProcessorSeconds;
        await listen();
        return (host.ProcessorSeconds - before) / seconds;
    }

    private async Task DetectAsync(byte[] samples, CancellationToken cancellationToken)
    {
        await using var call = await client.Speech.OpenSpeechDetectionAsync(new DetectSpeechStreamRequest(), options: null, cancellationToken);
        await PushAsync(call, samples, cancellationToken);
        await call.ResponseAsync(cancellationToken);
    }

    private async Task WaitForSpeechAsync(byte[] samples, CancellationToken cancellationToken)
    {
        await using var call = await client.Speech.OpenTranscriptionAsync(new TranscribeStreamRequest(), options: null, cancellationToken);
        await PushAsync(call, samples, cancellationToken);
        await call.ResponseAsync(cancellationToken);
    }

    private static async Task PushAsync<TItem, TResponse>(OpenCall<AudioChunk, TItem, TResponse> call, byte[] samples, CancellationToken cancellationToken)
        where TItem : EdgeHost.Serialization.IWireMessage<TItem>
        where TResponse : EdgeHost.Serialization.IWireMessage<TResponse>
    {
        await foreach (var (_, piece) in new PacedPieces().OfAsync(samples, cancellationToken)) await call.PushAsync(new AudioChunk { Audio = piece }, cancellationToken);
        await call.CompleteAsync(cancellationToken);
    }
}
