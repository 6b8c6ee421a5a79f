using System.Buffers.Binary;

namespace EdgeHost.Plugins.Speech.Audio;

/// <summary>
/// Finds the samples in a WAV file: RIFF or RF64 (EBU Tech 3306), formats 1 (integers), 3 (floats) and 0xFFFE (the extensible one of either). Sizes in headers are not
/// believed: what is missing of a file that was cut off is missing at the end.
/// </summary>
internal static class WavFile
{
    private const int HeaderBytes = 12;
    private const int ChunkHeaderBytes = 8;
    private const int LeastFormatBytes = 16;
    private const int ExtensibleFormatBytes = 26;
    private const ushort Integers = 1;
    private const ushort Floats = 3;
    private const ushort Extensible = 0xFFFE;

    /// <summary>Whether the bytes begin like a WAV file.</summary>
    public static bool Is(ReadOnlySpan<byte> bytes)
        => bytes.Length >= HeaderBytes && (bytes.StartsWith("RIFF"u8) || bytes.StartsWith("RF64"u8)) && bytes[8..].StartsWith("WAVE"u8);

    /// <summary>Opens a file.</summary>
    /// <param name="bytes">Its bytes.</param>
    /// <exception cref="EdgeHostException"><see cref="ErrorCode.InvalidArgument"/>: it is no WAV file that can be read, and why.</exception>
    public static PcmSource Open(ReadOnlyMemory<byte> bytes)
    {
        var span = bytes.Span;
        if (!Is(span)) throw Bad("it does not begin with a RIFF or RF64 header");
        PcmFormat? format = null;
        var position = HeaderBytes;
        while (position + ChunkHeaderBytes <= span.Length)
        {
            var id = span.Slice(position, 4);
            var size = BinaryPrimitives.ReadUInt32LittleEndian(span[(position + 4)..]);
            position += ChunkHeaderBytes;
            var length = (int)Math.Min(size, span.Length - position);
            if (id.SequenceEqual("fmt "u8)) format = ReadFormat(span.Slice(position, length));
            else if (id.SequenceEqual("data"u8))
            {
                return new PcmSource(bytes.Slice(position, length), format ?? throw Bad("its samples come before their format"));
            }

            // Chunks are padded to an even length.
            var next = position + (long)size + (size & 1);
            if (next > span.Length) break;
            position = (int)next;
        }

        throw Bad(format is null ? "it has no format" : "it has no samples");
    }

    private static PcmFormat ReadFormat(ReadOnlySpan<byte> chunk)
    {
        if (chunk.Length < LeastFormatBytes) throw Bad($"its format has {chunk.Length} bytes instead of at least {LeastFormatBytes}");
        var tag = BinaryPrimitives.ReadUInt16LittleEndian(chunk);
        var channels = BinaryPrimitives.ReadUInt16LittleEndian(chunk[2..]);
        var rate = BinaryPrimitives.ReadUInt32LittleEndian(chunk[4..]);
        var bits = BinaryPrimitives.ReadUInt16LittleEndian(chunk[14..]);
        if (tag == Extensible)
        {
            if (chunk.Length < ExtensibleFormatBytes) throw Bad("its extensible format is cut off");
            tag = BinaryPrimitives.ReadUInt16LittleEndian(chunk[24..]);
        }

        var encoding = (tag, bits) switch
        {
            (Integers, 8) => SampleEncoding.U8,
            (Integers, 16) => SampleEncoding.S16,
            (Integers, 24) => SampleEncoding.S24,
            (Integers, 32) => SampleEncoding.S32,
            (Floats, 32) => SampleEncoding.F32,
            (Floats, 64) => SampleEncoding.F64,
            _ => throw Bad($"its samples have format {tag} with {bits} bits; what can be read are integers of 8, 16, 24 or 32 bits and floats of 32 or 64"),
        };
        AudioLimits.Check((int)Math.Min(rate, int.MaxValue), channels);
        return new PcmFormat(encoding, (int)rate, channels);
    }

    private static EdgeHostException Bad(string why) => new(ErrorCode.InvalidArgument, $"The WAV file cannot be read: {why}.");
}
