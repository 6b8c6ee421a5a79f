using EdgeHost.Serialization;

namespace EdgeHost.Capabilities.Speech;

/// <summary>Teaches the device a keyword of one's own.</summary>
[WireMessage]
public sealed partial class TeachKeywordRequest
{
    /// <summary>Its id: 1 to 64 of <c>a-z 0-9 _ -</c>.</summary>
    public required string Keyword { get; init; }

    /// <summary>Recordings of the keyword, WAV or FLAC, one in each, 0.3 to 5 s long; three to fifty, better ten.</summary>
    [WireField(MaxLength = 50)]
    public required IReadOnlyList<ReadOnlyMemory<byte>> Recordings { get; init; }

    /// <summary>Recordings without it, for example of what it is confused with.</summary>
    [WireField(MaxLength = 50)]
    public IReadOnlyList<ReadOnlyMemory<byte>>? Negatives { get; init; }

    /// <summary>The keyword in letters: spoken by the installed voices too, so that it is known from more than one throat.</summary>
    public string? Phrase { get; init; }

    /// <summary>The language of the phrase, as BCP 47; <c>en</c> if absent.</summary>
    public string? Language { get; init; }
}
