using EdgeHost.Capabilities.Speech;
using EdgeHost.Plugins.Speech.Audio.Flac;

namespace EdgeHost.Plugins.Speech.Audio;

/// <summary>Opens the sounds that apps send. No state.</summary>
internal static class AudioReader
{
    /// <summary>The samples a second that the models of speech take.</summary>
    public const int SpeechRate = 16_000;

    /// <summary>Opens a sound as one channel of <see cref="SpeechRate"/> samples a second, read as it is needed.</summary>
    /// <param name="audio">Its bytes; they must stay as they are for as long as it is read.</param>
    /// <param name="format">What they are; null: by their first bytes.</param>
    /// <param name="sampleRate">Of raw samples.</param>
    /// <param name="channels">Of raw samples.</param>
    /// <exception cref="EdgeHostException"><see cref="ErrorCode.InvalidArgument"/>: it is empty, or cannot be read, and why.</exception>
    public static ISampleSource Open(ReadOnlyMemory<byte> audio, AudioFormat? format, int? sampleRate, int? channels)
    {
        if (audio.IsEmpty) throw new EdgeHostException(ErrorCode.InvalidArgument, "The sound is empty: 'audio' has no bytes.");
        var source = OpenAsItIs(audio, format ?? AudioFormat.Auto, sampleRate, channels);
        return source.SampleRate == SpeechRate ? source : new ResampledSource(source, SpeechRate);
    }

    /// <summary>What raw samples are.</summary>
    /// <param name="format">A raw format; null: 16-bit integers.</param>
    /// <param name="sampleRate">Samples a second; null: <see cref="SpeechRate"/>.</param>
    /// <param name="channels">Interleaved channels; null: one.</param>
    /// <exception cref="EdgeHostException"><see cref="ErrorCode.InvalidArgument"/>: the format is that of a file.</exception>
    public static PcmFormat RawFormat(AudioFormat? format, int? sampleRate, int? channels)
    {
        var raw = new PcmFormat(EncodingOf(format ?? AudioFormat.S16le), sampleRate ?? SpeechRate, channels ?? 1);
        AudioLimits.Check(raw.SampleRate, raw.Channels);
        return raw;
    }

    private static ISampleSource OpenAsItIs(ReadOnlyMemory<byte> audio, AudioFormat format, int? sampleRate, int? channels) => format switch
    {
        AudioFormat.Wav => WavFile.Open(audio),
        AudioFormat.Flac => FlacFile.Open(audio),
        AudioFormat.Auto when WavFile.Is(audio.Span) => WavFile.Open(audio),
        AudioFormat.Auto when FlacFile.Is(audio.Span) => FlacFile.Open(audio),
        AudioFormat.Auto => throw new EdgeHostException(
            ErrorCode.InvalidArgument, "The sound is neither a WAV nor a FLAC file. For raw samples say their 'format', for example s16le, with 'sample_rate_hz' and 'channels'."),
        _ => new PcmSource(audio, RawFormat(format, sampleRate, channels)),
    };

    private static SampleEncoding EncodingOf(AudioFormat format) => format switch
    {
        AudioFormat.S16le => SampleEncoding.S16,
        AudioFormat.S24le => SampleEncoding.S24,
        AudioFormat.S32le => SampleEncoding.S32,
        AudioFormat.F32le => SampleEncoding.F32,
        AudioFormat.U8 => SampleEncoding.U8,
        _ => throw new EdgeHostException(ErrorCode.InvalidArgument, $"A stream is of raw samples: 'format' cannot be {format.ToString().ToLowerInvariant()}. Say one of s16le, s24le, s32le, f32le, u8."),
    };
}
