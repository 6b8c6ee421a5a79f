using EdgeHost.Serialization;

namespace EdgeHost.Capabilities.Speech;

/// <summary>Says a text.</summary>
[WireMessage]
public sealed partial class SynthesizeRequest
{
    /// <summary>What to say; neither empty nor only white space; at most 20,000 characters (UTF-16) unless the host is set otherwise.</summary>
    public required string Text { get; init; }

    /// <summary>The voice, by its id as <c>speech.voices</c> lists them; if absent, the first one of the language.</summary>
    public string? Voice { get; init; }

    /// <summary>The language of the text, as BCP 47 (<c>en-GB</c>); <c>en</c> if absent and no voice is named.</summary>
    public string? Language { get; init; }

    /// <summary>How fast, as a ratio: 1 is the voice's own.</summary>
    [WireField(Minimum = 0.25, Maximum = 4)]
    public double? Rate { get; init; }

    /// <summary>How high, as a ratio: 1 is the voice's own. Voices that cannot change it keep theirs.</summary>
    [WireField(Minimum = 0.5, Maximum = 2)]
    public double? Pitch { get; init; }

    /// <summary>Samples a second of the answer; the voice's own if absent.</summary>
    [WireField(Minimum = 8000, Maximum = 48000)]
    public int? SampleRateHz { get; init; }
}
