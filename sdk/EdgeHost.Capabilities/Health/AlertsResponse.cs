using EdgeHost.Serialization;

namespace EdgeHost.Capabilities.Health;

/// <summary>The end of a list of alerts.</summary>
[WireMessage]
public sealed partial class AlertsResponse
{
    /// <summary>How many were given.</summary>
    [WireField(Minimum = 0)]
    public required long Alerts { get; init; }

    /// <summary>The number of the last one.</summary>
    [WireField(Minimum = 0)]
    public required long Last { get; init; }
}
