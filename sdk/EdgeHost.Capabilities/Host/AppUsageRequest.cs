using EdgeHost.Serialization;

namespace EdgeHost.Capabilities.Host;

/// <summary>Asks what apps have used.</summary>
[WireMessage]
public sealed partial class AppUsageRequest
{
    /// <summary>Only this app; null for all.</summary>
    [WireField(MaxLength = 128)]
    public string? App { get; init; }
}
