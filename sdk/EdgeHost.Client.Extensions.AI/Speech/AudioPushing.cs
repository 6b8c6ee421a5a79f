namespace EdgeHost.Client.Extensions.AI.Speech;

/// <summary>Pushes raw PCM as it comes.</summary>
internal static class AudioPushing
{
    private const int ChunkBytes = 16 * 1024;
    private const int BlockBytes = 4; // A sample of 32 bits, or two channels of 16.

    /// <summary>Pushes a stream to its end, as fast as the host takes it. Ends early, without a word, when the call does: who reads the call learns why.</summary>
    public static async Task PushAsync(
        OpenCall<AudioChunk, TranscribedSegment, TranscribeResponse> call, Stream audio, CancellationToken cancellationToken)
    {
        // What was pushed has been copied when the task completes, so that one buffer is enough.
        var buffer = new byte[ChunkBytes];
        var (held, isFirst) = (0, true);
        while (true)
        {
            var count = await audio.ReadAtLeastAsync(buffer.AsMemory(held), BlockBytes, throwOnEndOfStream: false, cancellationToken).ConfigureAwait(false);
            var length = held + count;
            if (length == 0) break;
            if (isFirst && IsFile(buffer.AsSpan(0, length)))
            {
                throw new EdgeHostException(ErrorCode.InvalidArgument, "The streaming call takes raw PCM, and this is a file with a header; use the call with one answer.");
            }

            // Only the last piece may tear a sample apart.
            isFirst = false;
            var whole = count == 0 ? length : length - (length % BlockBytes);
            if (!await TryPushAsync(call, buffer.AsMemory(0, whole), cancellationToken).ConfigureAwait(false)) return;
            held = length - whole;
            buffer.AsSpan(whole, held).CopyTo(buffer);
        }

        await call.CompleteAsync(cancellationToken).ConfigureAwait(false);
    }

    private static async ValueTask<bool> TryPushAsync(
        OpenCall<AudioChunk, TranscribedSegment, TranscribeResponse> call, ReadOnlyMemory<byte> audio, CancellationToken cancellationToken)
    {
        try
        {
            await call.PushAsync(new AudioChunk { Audio = audio }, cancellationToken).ConfigureAwait(false);
            return true;
        }
        catch (EdgeHostException)
        {
            return false;
        }
    }

    /// <summary>Whether these are the first bytes of a file, not samples.</summary>
    public static bool IsFile(ReadOnlySpan<byte> start) => start.StartsWith("RIFF"u8) || start.StartsWith("fLaC"u8) || start.StartsWith("OggS"u8);
}
