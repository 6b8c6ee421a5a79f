namespace EdgeHost.Plugins.Speech.Audio;

/// <summary>What raw samples are.</summary>
/// <param name="Encoding">How one sample is written.</param>
/// <param name="SampleRate">Samples a second.</param>
/// <param name="Channels">Interleaved channels.</param>
internal readonly record struct PcmFormat(SampleEncoding Encoding, int SampleRate, int Channels)
{
    /// <summary>Bytes of one sample of all channels.</summary>
    public int FrameBytes => BytesOf(Encoding) * Channels;

    private static int BytesOf(SampleEncoding encoding) => encoding switch
    {
        SampleEncoding.U8 => 1,
        SampleEncoding.S16 => 2,
        SampleEncoding.S24 => 3,
        SampleEncoding.S32 or SampleEncoding.F32 => 4,
        SampleEncoding.F64 => 8,
        _ => throw new ArgumentOutOfRangeException(nameof(encoding), encoding, null),
    };
}
