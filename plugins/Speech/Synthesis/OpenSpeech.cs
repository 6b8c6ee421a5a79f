using System.Buffers.Binary;
using EdgeHost.Plugins.Speech.Audio;
using EdgeHost.Plugins.Speech.Conversation;
using EdgeHost.Plugins.Speech.Synthesis.Engines;

namespace EdgeHost.Plugins.Speech.Synthesis;

/// <summary>A voice that speaks for one call, at one sample rate. Not thread-safe.</summary>
internal sealed class OpenSpeech : ISentenceSpeaker, IDisposable
{
    private const int UsualRate = 22_050;
    private readonly ChosenVoice _chosen;
    private readonly IOpenVoice _voice;
    private readonly Action _leave;
    private int? _sampleRate;
    private bool _isDisposed;

    /// <summary>Takes a voice.</summary>
    /// <param name="chosen">Which one.</param>
    /// <param name="voice">The voice; disposed with this.</param>
    /// <param name="sampleRate">Samples a second wanted; null: the voice's own.</param>
    /// <param name="leave">Called once at the end.</param>
    public OpenSpeech(ChosenVoice chosen, IOpenVoice voice, int? sampleRate, Action leave) => (_chosen, _voice, _sampleRate, _leave) = (chosen, voice, sampleRate, leave);

    /// <summary>The voice's id.</summary>
    public string Voice => _chosen.Id;

    /// <summary>The engine's name.</summary>
    public string Engine => _chosen.Engine.Name;

    /// <summary>The models that speak, as id@version.</summary>
    public IReadOnlyList<string> Models => _voice.Models;

    /// <summary>Samples a second of what is spoken.</summary>
    public int SampleRate => _sampleRate ?? (_chosen.Voice.SampleRate > 0 ? _chosen.Voice.SampleRate : UsualRate);

    /// <summary>How many samples were spoken.</summary>
    public long Samples { get; private set; }

    /// <summary>How long they sound, in milliseconds.</summary>
    public long DurationMs => Samples * 1000 / SampleRate;

    /// <summary>Speaks a sentence.</summary>
    /// <param name="sentence">What to say.</param>
    /// <param name="cancellationToken">Stops.</param>
    /// <returns>One channel of 16-bit integers, little-endian; the receiver's own.</returns>
    /// <exception cref="EdgeHostException">As <see cref="IOpenVoice.SpeakAsync"/> says.</exception>
    public async ValueTask<ReadOnlyMemory<byte>> SpeakAsync(ReadOnlyMemory<char> sentence, CancellationToken cancellationToken)
    {
        var sound = await _voice.SpeakAsync(sentence, cancellationToken).ConfigureAwait(false);
        if (sound.Samples.Length == 0) return default;
        _sampleRate ??= sound.SampleRate;
        var bytes = sound.SampleRate == SampleRate ? ToBytes(sound.Samples) : Resample(sound);
        Samples += bytes.Length / sizeof(short);
        return bytes;
    }

    /// <summary>Gives the voice back.</summary>
    public void Dispose()
    {
        if (_isDisposed) return;
        _isDisposed = true;
        _voice.Dispose();
        _leave();
    }

    private byte[] Resample(SpokenSound sound)
    {
        var (resampler, output) = (new Resampler(sound.SampleRate, SampleRate), new SampleQueue());
        resampler.Push(sound.Samples, output);
        resampler.Finish(output);
        return ToBytes(output.Waiting);
    }

    private static byte[] ToBytes(ReadOnlySpan<float> samples)
    {
        var bytes = new byte[samples.Length * sizeof(short)];
        for (var i = 0; i < samples.Length; i++)
        {
            // A model may make what is no number; it is silence then.
            var value = float.IsFinite(samples[i]) ? Math.Clamp(MathF.Round(samples[i] * 32768f), short.MinValue, short.MaxValue) : 0;
            BinaryPrimitives.WriteInt16LittleEndian(bytes.AsSpan(i * sizeof(short)), (short)value);
        }

        return bytes;
    }
}
