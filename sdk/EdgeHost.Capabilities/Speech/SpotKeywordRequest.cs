using EdgeHost.Serialization;

namespace EdgeHost.Capabilities.Speech;

/// <summary>Finds keywords in a sound.</summary>
[WireMessage]
public sealed partial class SpotKeywordRequest
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

    /// <summary>The keywords to listen for, by their ids as <c>speech.keywords</c> lists them; all that are on the device if absent.</summary>
    [WireField(MaxLength = 64)]
    public IReadOnlyList<string>? Keywords { get; init; }

    /// <summary>From which score a keyword counts, 0 to 1; that of the keyword if absent.</summary>
    [WireField(Minimum = 0.01, Maximum = 0.999)]
    public double? Threshold { get; init; }

    /// <summary>Whether a keyword counts only where somebody speaks, by voice activity within the 0.8 s before; costs another 1 % of a core.</summary>
    public bool RequireSpeech { get; init; }
}
