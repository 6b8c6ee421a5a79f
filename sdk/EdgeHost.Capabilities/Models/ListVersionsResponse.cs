using EdgeHost.Serialization;

namespace EdgeHost.Capabilities.Models;

/// <summary>Versions that were made on the device.</summary>
[WireMessage]
public sealed partial class ListVersionsResponse
{
    /// <summary>The versions, the newest of each model first.</summary>
    public required IReadOnlyList<ModelVersionEntry> Versions { get; init; }
}
