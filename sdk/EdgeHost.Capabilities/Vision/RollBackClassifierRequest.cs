using EdgeHost.Serialization;

namespace EdgeHost.Capabilities.Vision;

/// <summary>Makes the version before serve again: of a classifier that the calling app taught.</summary>
[WireMessage]
public sealed partial class RollBackClassifierRequest
{
    /// <summary>The classifier.</summary>
    [WireField(MaxLength = 64)]
    public required string Classifier { get; init; }
}
