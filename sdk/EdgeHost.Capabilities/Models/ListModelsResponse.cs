using EdgeHost.Serialization;

namespace EdgeHost.Capabilities.Models;

/// <summary>The models that the host knows.</summary>
[WireMessage]
public sealed partial class ListModelsResponse
{
    /// <summary>The models, sorted by id and version.</summary>
    public required IReadOnlyList<ModelEntry> Models { get; init; }

    /// <summary>Bytes that the store uses on disk; what several models share counts once.</summary>
    [WireField(Minimum = 0)]
    public long StoreBytes { get; init; }

    /// <summary>Most bytes that the store may use; absent without a quota.</summary>
    [WireField(Minimum = 0)]
    public long? StoreQuotaBytes { get; init; }
}
