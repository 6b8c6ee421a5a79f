using EdgeHost.Serialization;

namespace WordTools.Contract;

/// <summary>What a text is made of.</summary>
[WireMessage]
public sealed partial class CountResponse
{
    /// <summary>Characters as a person counts them: an accented letter or an emoji is one.</summary>
    public required int Characters { get; init; }

    /// <summary>Words: runs of letters and digits; each Chinese or Japanese character counts as one.</summary>
    public required int Words { get; init; }

    /// <summary>Different words, upper and lower case being the same.</summary>
    public required int UniqueWords { get; init; }

    /// <summary>Sentences: ended by a full stop, question or exclamation mark, or by the text's end.</summary>
    public required int Sentences { get; init; }

    /// <summary>Paragraphs: separated by empty lines.</summary>
    public required int Paragraphs { get; init; }

    /// <summary>Time to read it silently, in milliseconds.</summary>
    public required long ReadingTimeMs { get; init; }
}
