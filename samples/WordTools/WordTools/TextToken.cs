namespace WordTools;

/// <summary>A word of a text, or a mark that ends a phrase or sentence.</summary>
/// <param name="Text">The word in lower case; empty for a mark.</param>
/// <param name="Break">What the mark ends.</param>
internal readonly record struct TextToken(string Text, TextBreak Break);

/// <summary>What ends at a mark.</summary>
internal enum TextBreak
{
    None,
    Phrase,
    Sentence,
    Paragraph,
}
