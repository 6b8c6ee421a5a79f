using EdgeHost.Serialization;

namespace WordTools.Contract;

/// <summary>Finds the words and phrases that an English text is about.</summary>
[WireMessage]
public sealed partial class KeywordsRequest
{
    /// <summary>The text, up to a million characters.</summary>
    [WireField(MaxLength = 1_000_000)]
    public required string Text { get; init; }

    /// <summary>Most keywords to return.</summary>
    [WireField(Minimum = 1, Maximum = 100)]
    public int Count { get; init; } = 10;

    /// <summary>Most words in one keyword.</summary>
    [WireField(Minimum = 1, Maximum = 5)]
    public int MaxWords { get; init; } = 3;
}
