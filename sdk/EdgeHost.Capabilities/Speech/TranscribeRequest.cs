using EdgeHost.Serialization;

namespace EdgeHost.Capabilities.Speech;

/// <summary>Writes down what is said.</summary>
[WireMessage]
public sealed partial class TranscribeRequest
{
    /// <summary>The sound: the bytes of a WAV or FLAC file, or raw samples as <see cref="Format"/> says. Any sample rate from 1,000 to 384,000 Hz; channels are averaged.</summary>
    public required ReadOnlyMemory<byte> Audio { get; init; }

    /// <summary>What <see cref="Audio"/> is; found out by its first bytes if absent, which raw samples do not allow.</summary>
    public AudioFormat? Format { get; init; }

    /// <summary>Samples a second of raw samples; 16,000 if absent. Files say it themselves.</summary>
    [WireField(Minimum = 1000, Maximum = 384000)]
    public int? SampleRateHz { get; init; }

    /// <summary>Interleaved channels of raw samples; 1 if absent.</summary>
    [WireField(Minimum = 1, Maximum = 32)]
    public int? Channels { get; init; }

    /// <summary>The language that is spoken, as BCP 47 (<c>en</c>). A model of that language is taken; if absent, the host's default.</summary>
    public string? Language { get; init; }

    /// <summary>The model to use, by its id; if absent, the host's default for the language.</summary>
    public string? Model { get; init; }
}
