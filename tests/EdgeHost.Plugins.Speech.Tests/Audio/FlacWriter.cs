using System.Buffers.Binary;
using EdgeHost.Plugins.Speech.Audio.Flac;

namespace EdgeHost.Plugins.Speech.Tests.Audio;

/// <summary>Writes FLAC files of 16 bits and one channel: silence in a few bytes a frame, samples as they are (RFC 9639, 9.2.3 and 9.2.4).</summary>
internal sealed class FlacWriter
{
    private const int MostSamples = 65_536;
    private readonly MemoryStream _frames = new();
    private long _samples;

    /// <summary>Adds silence.</summary>
    public FlacWriter Silence(long samples)
    {
        for (; samples > 0; samples -= MostSamples) Frame((int)Math.Min(samples, MostSamples), [0, 0, 0]);
        return this;
    }

    /// <summary>Adds samples.</summary>
    /// <param name="s16">Little-endian.</param>
    public FlacWriter Verbatim(ReadOnlySpan<byte> s16)
    {
        for (; s16.Length > 0; s16 = s16[Math.Min(s16.Length, 2 * MostSamples)..])
        {
            var part = s16[..Math.Min(s16.Length, 2 * MostSamples)];
            var subframe = new byte[1 + part.Length];
            subframe[0] = 1 << 1;
            for (var i = 0; i < part.Length; i += 2) (subframe[1 + i], subframe[2 + i]) = (part[i + 1], part[i]);
            Frame(part.Length / 2, subframe);
        }

        return this;
    }

    /// <summary>The file.</summary>
    public byte[] ToArray(int sampleRate)
    {
        const int descriptionBytes = 42;
        var file = new byte[descriptionBytes + _frames.Length];
        "fLaC"u8.CopyTo(file);
        (file[4], file[7]) = (0x80, 34);
        BinaryPrimitives.WriteUInt16BigEndian(file.AsSpan(8), 16);
        BinaryPrimitives.WriteUInt16BigEndian(file.AsSpan(10), ushort.MaxValue);
        BinaryPrimitives.WriteUInt64BigEndian(file.AsSpan(18), ((ulong)sampleRate << 44) | (15UL << 36) | (ulong)_samples);
        _frames.ToArray().CopyTo(file, descriptionBytes);
        return file;
    }

    private void Frame(int samples, byte[] subframe)
    {
        // The size follows in 16 bits, the rate is the stream's, one channel of 16 bits; the number is not read.
        byte[] header = [0xFF, 0xF8, 0x70, 0x08, 0, (byte)((samples - 1) >> 8), (byte)(samples - 1)];
        byte[] frame = [.. header, Checksums.Of8(header), .. subframe];
        var sum = Checksums.Of16(frame);
        _frames.Write(frame);
        _frames.Write([(byte)(sum >> 8), (byte)sum]);
        _samples += samples;
    }
}
