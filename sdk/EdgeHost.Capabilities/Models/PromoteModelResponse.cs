using EdgeHost.Serialization;

namespace EdgeHost.Capabilities.Models;

/// <summary>A version that went on.</summary>
[WireMessage]
public sealed partial class PromoteModelResponse
{
    /// <summary>The version as it is now.</summary>
    public required ModelVersionEntry Version { get; init; }
}
