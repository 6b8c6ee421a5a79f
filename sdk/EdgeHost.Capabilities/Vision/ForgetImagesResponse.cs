using EdgeHost.Serialization;

namespace EdgeHost.Capabilities.Vision;

/// <summary>What was forgotten.</summary>
[WireMessage]
public sealed partial class ForgetImagesResponse
{
    /// <summary>Whether the calling app had taught it.</summary>
    public required bool WasKnown { get; init; }
}
