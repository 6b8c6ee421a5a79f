using EdgeHost.Serialization;

namespace EdgeHost.Capabilities.Speech;

/// <summary>Finds where somebody speaks.</summary>
[WireMessage]
public sealed partial class DetectSpeechRequest
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

    /// <summary>From which probability a window counts as speech, 0 to 1; 0.5 if absent.</summary>
    [WireField(Minimum = 0.05, Maximum = 0.95)]
    public double? Threshold { get; init; }

    /// <summary>How long a pause ends a stretch, in milliseconds; 500 if absent.</summary>
    [WireField(Minimum = 32, Maximum = 10000)]
    public int? MinSilenceMs { get; init; }

    /// <summary>Shorter stretches are left out, in milliseconds; 250 if absent.</summary>
    [WireField(Minimum = 0, Maximum = 10000)]
    public int? MinSpeechMs { get; init; }

    /// <summary>How much is added on both sides, in milliseconds; 100 if absent.</summary>
    [WireField(Minimum = 0, Maximum = 2000)]
    public int? PadMs { get; init; }
}
