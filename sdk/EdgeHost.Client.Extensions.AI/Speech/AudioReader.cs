namespace EdgeHost.Client.Extensions.AI.Speech;

/// <summary>Reads audio that goes into one request.</summary>
internal static class AudioReader
{
    private const int FirstBytes = 64 * 1024;

    /// <summary>Reads a stream to its end.</summary>
    /// <param name="stream">The stream; left open.</param>
    /// <param name="mostBytes">More than so many are refused.</param>
    /// <param name="cancellationToken">Stops reading.</param>
    /// <exception cref="EdgeHostException"><see cref="ErrorCode.InvalidArgument"/>: it is too long.</exception>
    public static async ValueTask<ReadOnlyMemory<byte>> ReadAllAsync(Stream stream, int mostBytes, CancellationToken cancellationToken)
    {
        var expected = stream.CanSeek ? stream.Length - stream.Position : FirstBytes;
        if (expected > mostBytes) throw TooLong(mostBytes);

        // One more than expected, so that the end is met without growing.
        var buffer = new byte[Math.Max((int)expected, 0) + 1];
        var length = 0;
        while (true)
        {
            var count = await stream.ReadAsync(buffer.AsMemory(length), cancellationToken).ConfigureAwait(false);
            if (count == 0) return buffer.AsMemory(0, length);
            length += count;
            if (length > mostBytes) throw TooLong(mostBytes);
            if (length == buffer.Length) Array.Resize(ref buffer, (int)Math.Min(2L * buffer.Length, mostBytes + 1L));
        }
    }

    private static EdgeHostException TooLong(int mostBytes)
        => new(ErrorCode.InvalidArgument, $"The audio is longer than the {mostBytes} bytes that one call takes; use the streaming call with raw PCM, or send pieces.");
}
