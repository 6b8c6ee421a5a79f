using System.Buffers.Binary;

namespace EdgeHost.Plugins.Speech.Synthesis;

/// <summary>Writes the header of a WAV file of one channel with 16 bits. No state.</summary>
internal static class WavHeader
{
    /// <summary>Its length in bytes.</summary>
    public const int Bytes = 44;

    /// <summary>Writes it.</summary>
    /// <param name="header">At least <see cref="Bytes"/>.</param>
    /// <param name="dataBytes">Bytes of samples that follow.</param>
    /// <param name="sampleRate">Samples a second.</param>
    public static void Write(Span<byte> header, int dataBytes, int sampleRate)
    {
        "RIFF"u8.CopyTo(header);
        BinaryPrimitives.WriteInt32LittleEndian(header[4..], Bytes - 8 + dataBytes);
        "WAVEfmt "u8.CopyTo(header[8..]);
        BinaryPrimitives.WriteInt32LittleEndian(header[16..], 16);
        BinaryPrimitives.WriteInt16LittleEndian(header[20..], 1);
        BinaryPrimitives.WriteInt16LittleEndian(header[22..], 1);
        BinaryPrimitives.WriteInt32LittleEndian(header[24..], sampleRate);
        BinaryPrimitives.WriteInt32LittleEndian(header[28..], sampleRate * sizeof(short));
        BinaryPrimitives.WriteInt16LittleEndian(header[32..], sizeof(short));
        BinaryPrimitives.WriteInt16LittleEndian(header[34..], 16);
        "data"u8.CopyTo(header[36..]);
        BinaryPrimitives.WriteInt32LittleEndian(header[40..], dataBytes);
    }
}
