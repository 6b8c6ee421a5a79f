using EdgeHost.Serialization;

namespace EdgeHost.Capabilities.Language;

/// <summary>A piece of an answer, as it comes.</summary>
[WireMessage]
public sealed partial class GeneratedText
{
    /// <summary>The piece: whole characters, never empty. Pieces joined are the answer.</summary>
    public required string Text { get; init; }
}
