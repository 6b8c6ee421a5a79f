namespace EdgeHost.Plugins.Speech.Audio;

/// <summary>Reads raw samples that are in memory. A last frame that is not whole is left out.</summary>
internal sealed class PcmSource(ReadOnlyMemory<byte> bytes, PcmFormat format) : ISampleSource
{
    private int _frame;

    public int SampleRate => format.SampleRate;

    public int Read(Span<float> samples)
    {
        var count = Math.Min(samples.Length, (bytes.Length / format.FrameBytes) - _frame);
        PcmDecoder.Decode(bytes.Span[(_frame * format.FrameBytes)..], format, samples[..count], _frame);
        _frame += count;
        return count;
    }
}
