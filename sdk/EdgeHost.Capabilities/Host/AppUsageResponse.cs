using EdgeHost.Serialization;

namespace EdgeHost.Capabilities.Host;

/// <summary>What apps have used.</summary>
[WireMessage]
public sealed partial class AppUsageResponse
{
    /// <summary>The apps by name; one of several users is there for each.</summary>
    public required IReadOnlyList<AppUsageEntry> Apps { get; init; }
}
