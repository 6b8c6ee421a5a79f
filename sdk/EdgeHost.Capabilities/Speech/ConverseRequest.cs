using EdgeHost.Serialization;

namespace EdgeHost.Capabilities.Speech;

/// <summary>Opens a voice session: wake word, listening, the app's answer, speaking.</summary>
[WireMessage]
public sealed partial class ConverseRequest
{
    /// <summary>How samples are pushed: a raw format; <c>s16le</c> if absent.</summary>
    public AudioFormat? Format { get; init; }

    /// <summary>Samples a second; 16,000 if absent.</summary>
    [WireField(Minimum = 1000, Maximum = 384000)]
    public int? SampleRateHz { get; init; }

    /// <summary>Interleaved channels; 1 if absent.</summary>
    [WireField(Minimum = 1, Maximum = 32)]
    public int? Channels { get; init; }

    /// <summary>The keywords that open a turn, by their ids; an empty list: every speech does. All that are on the device if absent.</summary>
    [WireField(MaxLength = 64)]
    public IReadOnlyList<string>? Keywords { get; init; }

    /// <summary>The language that is spoken and answered in, as BCP 47; the host's default if absent.</summary>
    public string? Language { get; init; }

    /// <summary>The voice that speaks the answers; the first one of the language if absent.</summary>
    public string? Voice { get; init; }

    /// <summary>How long a pause ends what is said, in milliseconds; 500 if absent.</summary>
    [WireField(Minimum = 100, Maximum = 5000)]
    public int? EndOfSpeechMs { get; init; }

    /// <summary>How long after a keyword speech has to begin, in milliseconds; 5,000 if absent.</summary>
    [WireField(Minimum = 500, Maximum = 60000)]
    public int? ListenMs { get; init; }

    /// <summary>Whether the next turn begins without a keyword when an answer was spoken; no if absent.</summary>
    public bool? FollowUp { get; init; }

    /// <summary>Whether speech stops an answer; yes if absent. Say no where the microphone hears the loudspeaker and nothing takes the echo away; keywords still stop it.</summary>
    public bool? BargeIn { get; init; }
}
