using System.Diagnostics;
using EdgeHost.Benchmarks.Figures;
using EdgeHost.Capabilities.Speech;
using EdgeHost.Client;

namespace EdgeHost.Benchmarks.Speech;

/// <summary>A person who says a sentence again and again into a stream, at the speed of speech.</summary>
/// <param name="client">The host.</param>
/// <param name="samples">The sentence with the pause after it: 16-bit samples, 16,000 a second.</param>
/// <param name="endOfSpeech">When its last sound ends.</param>
internal sealed class LiveStream(EdgeHostClient client, byte[] samples, TimeSpan endOfSpeech)
{
    /// <summary>Speaks.</summary>
    /// <param name="sentences">How often.</param>
    /// <param name="delays">Takes the time from the end of each sentence to its final text.</param>
    /// <param name="cancellationToken">Stops.</param>
    /// <returns>How many sentences had a final text.</returns>
    public async Task<int> SpeakAsync(int sentences, Samples delays, CancellationToken cancellationToken)
    {
        var options = new CallOptions { Priority = CallPriority.Interactive };
        await using var call = await client.Speech.OpenTranscriptionAsync(new TranscribeStreamRequest(), options, cancellationToken);
        var ends = new long[sentences];
        var speaking = PushAsync(call, ends, cancellationToken);
        var heard = 0;
        await foreach (var item in call.ReadAllAsync(cancellationToken))
        {
            if (!item.IsFinal) continue;
            var delay = Stopwatch.GetElapsedTime(Volatile.Read(ref ends[Math.Min(heard, sentences - 1)]));
            lock (delays) delays.Add(delay);
            heard++;
        }

        await speaking;
        await call.ResponseAsync(cancellationToken);
        return heard;
    }

    private async Task PushAsync(OpenCall<AudioChunk, TranscriptItem, TranscribeStreamResponse> call, long[] ends, CancellationToken cancellationToken)
    {
        var pieces = new PacedPieces();
        for (var sentence = 0; sentence < ends.Length; sentence++)
        {
            await foreach (var (at, piece) in pieces.OfAsync(samples, cancellationToken))
            {
                if (at <= endOfSpeech) Volatile.Write(ref ends[sentence], Stopwatch.GetTimestamp());
                await call.PushAsync(new AudioChunk { Audio = piece }, cancellationToken);
            }
        }

        await call.CompleteAsync(cancellationToken);
    }
}
