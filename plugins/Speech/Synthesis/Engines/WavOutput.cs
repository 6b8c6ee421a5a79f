using System.Buffers.Binary;

namespace EdgeHost.Plugins.Speech.Synthesis.Engines;

/// <summary>
/// Reads the WAV output of programs that write into a pipe: their headers name no length or a wrong one, so the samples go on to the end. One channel of 16-bit integers. No state.
/// </summary>
internal static class WavOutput
{
    private const int HeaderBytes = 12;
    private const int ChunkHeaderBytes = 8;

    /// <summary>Reads an output.</summary>
    /// <param name="output">All of it; empty: nothing was said.</param>
    /// <param name="program">The program's name, for the error.</param>
    /// <param name="sampleRate">Samples a second where nothing was said.</param>
    /// <exception cref="EdgeHostException"><see cref="ErrorCode.Unavailable"/>: it is no such file.</exception>
    public static SpokenSound Read(ReadOnlySpan<byte> output, string program, int sampleRate)
    {
        if (output.IsEmpty) return new SpokenSound(sampleRate, []);
        if (output.Length < HeaderBytes || !output.StartsWith("RIFF"u8)) throw Unknown(program);
        var rate = 0;
        var rest = output[HeaderBytes..];
        while (rest.Length >= ChunkHeaderBytes)
        {
            var length = BinaryPrimitives.ReadUInt32LittleEndian(rest[4..]);
            var content = rest[ChunkHeaderBytes..];
            if (rest.StartsWith("data"u8)) return rate == 0 ? throw Unknown(program) : new SpokenSound(rate, SamplesOf(content));
            if (length > content.Length) break;
            if (rest.StartsWith("fmt "u8)) rate = RateOf(content[..(int)length], program);
            rest = content[(int)length..];
        }

        throw Unknown(program);
    }

    private static int RateOf(ReadOnlySpan<byte> format, string program)
    {
        if (format.Length < 16 || BinaryPrimitives.ReadUInt16LittleEndian(format) != 1 || BinaryPrimitives.ReadUInt16LittleEndian(format[2..]) != 1
            || BinaryPrimitives.ReadUInt16LittleEndian(format[14..]) != 16)
        {
            throw Unknown(program);
        }

        var rate = BinaryPrimitives.ReadUInt32LittleEndian(format[4..]);
        return rate is >= 4000 and <= 192_000 ? (int)rate : throw Unknown(program);
    }

    private static float[] SamplesOf(ReadOnlySpan<byte> data)
    {
        var samples = new float[data.Length / sizeof(short)];
        for (var i = 0; i < samples.Length; i++) samples[i] = BinaryPrimitives.ReadInt16LittleEndian(data[(i * sizeof(short))..]) / 32768f;
        return samples;
    }

    private static EdgeHostException Unknown(string program) => new(ErrorCode.Unavailable, $"What the program '{program}' gave is no sound that is known: a WAV file of one channel with 16 bits.");
}
