using EdgeHost.Serialization;

namespace EdgeHost.Capabilities.Speech;

/// <summary>The keywords that the device knows.</summary>
[WireMessage]
public sealed partial class KeywordsResponse
{
    /// <summary>By id.</summary>
    public required IReadOnlyList<KeywordInfo> Keywords { get; init; }
}
