using EdgeHost.Serialization;

namespace WordTools.Contract;

/// <summary>What a text is about.</summary>
[WireMessage]
public sealed partial class KeywordsResponse
{
    /// <summary>The keywords, the weightiest first.</summary>
    public required IReadOnlyList<Keyword> Keywords { get; init; }
}
