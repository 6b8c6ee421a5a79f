using EdgeHost.Serialization;

namespace EdgeHost.Capabilities.Models;

/// <summary>Models that are on the device now.</summary>
[WireMessage]
public sealed partial class PullModelsResponse
{
    /// <summary>The models, in the order of the request.</summary>
    public required IReadOnlyList<ModelEntry> Models { get; init; }
}
