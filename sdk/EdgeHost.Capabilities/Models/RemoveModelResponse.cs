using EdgeHost.Serialization;

namespace EdgeHost.Capabilities.Models;

/// <summary>What removing a model did.</summary>
[WireMessage]
public sealed partial class RemoveModelResponse
{
    /// <summary>The versions that were removed, as id@version.</summary>
    public required IReadOnlyList<string> Removed { get; init; }

    /// <summary>Bytes of disk that were freed; files that other models share stay.</summary>
    [WireField(Minimum = 0)]
    public long FreedBytes { get; init; }
}
