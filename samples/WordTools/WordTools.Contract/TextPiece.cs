using EdgeHost.Serialization;

namespace WordTools.Contract;

/// <summary>The next piece of a text; a word may go on in the piece that follows.</summary>
[WireMessage]
public sealed partial class TextPiece
{
    /// <summary>The piece, up to 100,000 characters.</summary>
    [WireField(MaxLength = 100_000)]
    public required string Text { get; init; }
}
