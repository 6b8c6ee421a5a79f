using EdgeHost.Serialization;

namespace EdgeHost.Capabilities.Speech;

/// <summary>Tells when somebody begins and ends to speak.</summary>
[WireMessage]
public sealed partial class DetectSpeechStreamRequest
{
    /// <summary>How samples are pushed: a raw format; <c>s16le</c> if absent.</summary>
    public AudioFormat? Format { get; init; }

    /// <summary>Samples a second; 16,000 if absent.</summary>
    [WireField(Minimum = 1000, Maximum = 384000)]
    public int? SampleRateHz { get; init; }

    /// <summary>Interleaved channels; 1 if absent.</summary>
    [WireField(Minimum = 1, Maximum = 32)]
    public int? Channels { get; init; }

    /// <summary>From which probability a window counts as speech, 0 to 1; 0.5 if absent.</summary>
    [WireField(Minimum = 0.05, Maximum = 0.95)]
    public double? Threshold { get; init; }

    /// <summary>How long a pause ends a stretch, in milliseconds; 500 if absent.</summary>
    [WireField(Minimum = 32, Maximum = 10000)]
    public int? MinSilenceMs { get; init; }

    /// <summary>Whether an item is sent for each window of 32 ms, too; no if absent.</summary>
    public bool? Probabilities { get; init; }
}
