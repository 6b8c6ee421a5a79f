using EdgeHost.Serialization;

namespace EdgeHost.Capabilities.Speech;

/// <summary>What was forgotten.</summary>
[WireMessage]
public sealed partial class ForgetKeywordResponse
{
    /// <summary>Whether the calling app had taught such a keyword.</summary>
    public required bool WasKnown { get; init; }
}
