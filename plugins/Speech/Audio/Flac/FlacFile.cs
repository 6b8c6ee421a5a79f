using System.Buffers.Binary;

namespace EdgeHost.Plugins.Speech.Audio.Flac;

/// <summary>Finds the stream's description in a FLAC file (RFC 9639).</summary>
internal static class FlacFile
{
    private const int MarkerBytes = 4;
    private const int BlockHeaderBytes = 4;
    private const int StreamInfoBytes = 34;

    /// <summary>Whether the bytes begin like a FLAC file.</summary>
    public static bool Is(ReadOnlySpan<byte> bytes) => bytes.StartsWith("fLaC"u8);

    /// <summary>Opens a file.</summary>
    /// <param name="bytes">Its bytes.</param>
    /// <exception cref="EdgeHostException"><see cref="ErrorCode.InvalidArgument"/>: it is no FLAC file that can be read, and why.</exception>
    public static FlacSource Open(ReadOnlyMemory<byte> bytes)
    {
        var span = bytes.Span;
        if (!Is(span)) throw Bad("it does not begin with 'fLaC'");
        if (span.Length < MarkerBytes + BlockHeaderBytes + StreamInfoBytes || (span[MarkerBytes] & 0x7F) != 0) throw Bad("its description is missing");
        var info = span.Slice(MarkerBytes + BlockHeaderBytes, StreamInfoBytes);
        var packed = BinaryPrimitives.ReadUInt64BigEndian(info[10..]);
        var (rate, channels, bits) = ((int)(packed >> 44), (int)((packed >> 41) & 7) + 1, (int)((packed >> 36) & 31) + 1);
        AudioLimits.Check(rate, channels);
        if (bits < 4) throw Bad($"it has {bits} bits a sample");

        var position = MarkerBytes;
        while (true)
        {
            if (position + BlockHeaderBytes > span.Length) throw Bad("it ends within its descriptions");
            var isLast = (span[position] & 0x80) != 0;
            position += BlockHeaderBytes + (int)(BinaryPrimitives.ReadUInt32BigEndian(span[position..]) & 0xFFFFFF);
            if (isLast) break;
        }

        // 0: the encoder did not know how many samples there would be.
        var total = (long)(packed & 0xF_FFFF_FFFF);
        return new FlacSource(bytes, Math.Min(position, span.Length), new FlacStream(rate, channels, bits, total == 0 ? long.MaxValue : total));
    }

    internal static EdgeHostException Bad(string why) => new(ErrorCode.InvalidArgument, $"The FLAC file cannot be read: {why}.");
}
