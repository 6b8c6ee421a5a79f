using EdgeHost.Serialization;

namespace EdgeHost.Capabilities.Speech;

/// <summary>Writes down what is said while it is said.</summary>
[WireMessage]
public sealed partial class TranscribeStreamRequest
{
    /// <summary>How samples are pushed: a raw format; <c>s16le</c> if absent.</summary>
    public AudioFormat? Format { get; init; }

    /// <summary>Samples a second; 16,000 if absent.</summary>
    [WireField(Minimum = 1000, Maximum = 384000)]
    public int? SampleRateHz { get; init; }

    /// <summary>Interleaved channels; 1 if absent.</summary>
    [WireField(Minimum = 1, Maximum = 32)]
    public int? Channels { get; init; }

    /// <summary>The language that is spoken, as BCP 47; if absent, the host's default.</summary>
    public string? Language { get; init; }

    /// <summary>The model to use, by its id; if absent, the host's default for the language.</summary>
    public string? Model { get; init; }

    /// <summary>Whether unfinished text is sent too; yes if absent.</summary>
    public bool? Partials { get; init; }

    /// <summary>How long a pause ends a segment, in milliseconds; 500 if absent.</summary>
    [WireField(Minimum = 100, Maximum = 5000)]
    public int? EndOfSpeechMs { get; init; }
}
