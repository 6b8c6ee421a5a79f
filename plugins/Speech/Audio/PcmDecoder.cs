using System.Buffers.Binary;

namespace EdgeHost.Plugins.Speech.Audio;

/// <summary>Turns raw samples into one channel of floats from -1 to 1: the mean of the channels. No state.</summary>
internal static class PcmDecoder
{
    /// <summary>Decodes whole frames.</summary>
    /// <param name="bytes">At least <paramref name="mono"/> frames.</param>
    /// <param name="format">What they are.</param>
    /// <param name="mono">Takes a value a frame. Floats beyond -1 and 1 are cut there.</param>
    /// <param name="position">Number of the first frame, for the error.</param>
    /// <exception cref="EdgeHostException"><see cref="ErrorCode.InvalidArgument"/>: a float is no finite number.</exception>
    public static void Decode(ReadOnlySpan<byte> bytes, PcmFormat format, Span<float> mono, long position)
    {
        var (channels, size) = (format.Channels, format.FrameBytes / format.Channels);
        if (channels == 1 && format.Encoding == SampleEncoding.S16)
        {
            for (var i = 0; i < mono.Length; i++) mono[i] = BinaryPrimitives.ReadInt16LittleEndian(bytes[(i * 2)..]) / 32768f;
            return;
        }

        for (var i = 0; i < mono.Length; i++)
        {
            var frame = bytes.Slice(i * format.FrameBytes, format.FrameBytes);
            var sum = 0f;
            for (var channel = 0; channel < channels; channel++) sum += Read(frame[(channel * size)..], format.Encoding);
            if (!float.IsFinite(sum)) throw NoNumber(position + i);
            mono[i] = Math.Clamp(sum / channels, -1f, 1f);
        }
    }

    private static float Read(ReadOnlySpan<byte> sample, SampleEncoding encoding) => encoding switch
    {
        SampleEncoding.U8 => (sample[0] - 128) / 128f,
        SampleEncoding.S16 => BinaryPrimitives.ReadInt16LittleEndian(sample) / 32768f,
        SampleEncoding.S24 => (((sbyte)sample[2] << 16) | (sample[1] << 8) | sample[0]) / 8388608f,
        SampleEncoding.S32 => BinaryPrimitives.ReadInt32LittleEndian(sample) / 2147483648f,
        SampleEncoding.F32 => BinaryPrimitives.ReadSingleLittleEndian(sample),
        SampleEncoding.F64 => (float)BinaryPrimitives.ReadDoubleLittleEndian(sample),
        _ => throw new ArgumentOutOfRangeException(nameof(encoding), encoding, null),
    };

    private static EdgeHostException NoNumber(long frame)
        => new(ErrorCode.InvalidArgument, $"Sample {frame} of the sound is no finite number. Send finite 32-bit floats from -1 to 1, or integers.");
}
