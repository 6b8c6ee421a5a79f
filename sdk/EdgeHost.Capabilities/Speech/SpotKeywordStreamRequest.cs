using EdgeHost.Serialization;

namespace EdgeHost.Capabilities.Speech;

/// <summary>Tells when keywords are heard.</summary>
[WireMessage]
public sealed partial class SpotKeywordStreamRequest
{
    /// <summary>How samples are pushed: a raw format; <c>s16le</c> if absent.</summary>
    public AudioFormat? Format { get; init; }

    /// <summary>Samples a second; 16,000 if absent.</summary>
    [WireField(Minimum = 1000, Maximum = 384000)]
    public int? SampleRateHz { get; init; }

    /// <summary>Interleaved channels; 1 if absent.</summary>
    [WireField(Minimum = 1, Maximum = 32)]
    public int? Channels { get; init; }

    /// <summary>The keywords to listen for, by their ids; all that are on the device if absent.</summary>
    [WireField(MaxLength = 64)]
    public IReadOnlyList<string>? Keywords { get; init; }

    /// <summary>From which score a keyword counts, 0 to 1; that of the keyword if absent.</summary>
    [WireField(Minimum = 0.01, Maximum = 0.999)]
    public double? Threshold { get; init; }

    /// <summary>Whether a keyword counts only where somebody speaks, by voice activity within the 0.8 s before; costs another 1 % of a core.</summary>
    public bool RequireSpeech { get; init; }
}
