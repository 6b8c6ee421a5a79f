using EdgeHost.Serialization;

namespace EdgeHost.Capabilities.Speech;

/// <summary>Something that happened in a voice session.</summary>
[WireMessage]
public sealed partial class ConversationEvent
{
    /// <summary>What happened.</summary>
    public required ConversationEventKind Kind { get; init; }

    /// <summary>When, in milliseconds of pushed sound.</summary>
    [WireField(Minimum = 0)]
    public required long TimeMs { get; init; }

    /// <summary>For a partial text and what was said: the text. For a piece of speech: the sentence it belongs to, in its first piece.</summary>
    public string? Text { get; init; }

    /// <summary>For texts, pieces of speech, and the end of an answer: which turn it belongs to, from 0.</summary>
    [WireField(Minimum = 0)]
    public int? Turn { get; init; }

    /// <summary>For a keyword: its id.</summary>
    public string? Keyword { get; init; }

    /// <summary>For a keyword: how sure it is, 0 to 1.</summary>
    [WireField(Minimum = 0, Maximum = 1)]
    public double? Score { get; init; }

    /// <summary>For a piece of speech: one channel of raw 16-bit integers, little-endian.</summary>
    public ReadOnlyMemory<byte>? Audio { get; init; }

    /// <summary>For a piece of speech: samples a second.</summary>
    [WireField(Minimum = 1)]
    public int? SampleRateHz { get; init; }
}
