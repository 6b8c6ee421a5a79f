using System.Buffers.Binary;
using EdgeHost.Plugins.Speech.Audio;

namespace EdgeHost.Plugins.Speech.Tests;

/// <summary>Sounds for tests.</summary>
internal static class TestSounds
{
    /// <summary>Where each of the two spoken sentences begins and ends in <c>two-sentences.flac</c>, in milliseconds, by where its sound rises from silence.</summary>
    public static readonly (int Start, int End)[] TwoSentences = [(1735, 3147), (5147, 7141)];

    public static byte[] Media(string name) => File.ReadAllBytes(Path.Combine(AppContext.BaseDirectory, "Media", name));

    public static float[] Sine(double frequency, int sampleRate, double seconds, double amplitude = 0.5)
        => [.. Enumerable.Range(0, (int)(seconds * sampleRate)).Select(i => (float)(amplitude * Math.Sin(2 * Math.PI * frequency * i / sampleRate)))];

    public static byte[] S16(ReadOnlySpan<float> samples)
    {
        var bytes = new byte[samples.Length * 2];
        for (var i = 0; i < samples.Length; i++) BinaryPrimitives.WriteInt16LittleEndian(bytes.AsSpan(2 * i), (short)Math.Round(samples[i] * 32767));
        return bytes;
    }

    /// <summary>A WAV file.</summary>
    public static byte[] Wav(ReadOnlySpan<byte> data, int tag, int bits, int sampleRate, int channels)
    {
        var file = new byte[44 + data.Length];
        "RIFF"u8.CopyTo(file);
        BinaryPrimitives.WriteInt32LittleEndian(file.AsSpan(4), 36 + data.Length);
        "WAVEfmt "u8.CopyTo(file.AsSpan(8));
        BinaryPrimitives.WriteInt32LittleEndian(file.AsSpan(16), 16);
        BinaryPrimitives.WriteInt16LittleEndian(file.AsSpan(20), (short)tag);
        BinaryPrimitives.WriteInt16LittleEndian(file.AsSpan(22), (short)channels);
        BinaryPrimitives.WriteInt32LittleEndian(file.AsSpan(24), sampleRate);
        BinaryPrimitives.WriteInt32LittleEndian(file.AsSpan(28), sampleRate * channels * bits / 8);
        BinaryPrimitives.WriteInt16LittleEndian(file.AsSpan(32), (short)(channels * bits / 8));
        BinaryPrimitives.WriteInt16LittleEndian(file.AsSpan(34), (short)bits);
        "data"u8.CopyTo(file.AsSpan(36));
        BinaryPrimitives.WriteInt32LittleEndian(file.AsSpan(40), data.Length);
        data.CopyTo(file.AsSpan(44));
        return file;
    }

    public static float[] ReadAll(ISampleSource source)
    {
        var (samples, block) = (new List<float>(), new float[777]);
        while (source.Read(block) is > 0 and var count) samples.AddRange(block[..count]);
        return [.. samples];
    }
}
