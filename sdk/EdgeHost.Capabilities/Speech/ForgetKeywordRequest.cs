using EdgeHost.Serialization;

namespace EdgeHost.Capabilities.Speech;

/// <summary>Makes the device forget a keyword that the calling app taught.</summary>
[WireMessage]
public sealed partial class ForgetKeywordRequest
{
    /// <summary>Its id.</summary>
    public required string Keyword { get; init; }
}
