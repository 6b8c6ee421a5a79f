using EdgeHost.Serialization;

namespace EdgeHost.Capabilities.Host;

/// <summary>A plugin's calls since it was found.</summary>
[WireMessage]
public sealed partial class PluginStats
{
    /// <summary>Its id.</summary>
    public required string Id { get; init; }

    /// <summary>What it can do now.</summary>
    public required Plugins.PluginState State { get; init; }

    /// <summary>Calls being served now.</summary>
    [WireField(Minimum = 0)]
    public int ActiveCalls { get; init; }

    /// <summary>Calls served.</summary>
    [WireField(Minimum = 0)]
    public long Calls { get; init; }

    /// <summary>Calls that ended in an unexpected exception of the plugin.</summary>
    [WireField(Minimum = 0)]
    public long FailedCalls { get; init; }

    /// <summary>Leases of models that its calls did not give back; the host took them back when the call ended.</summary>
    [WireField(Minimum = 0)]
    public long LeakedLeases { get; init; }

    /// <summary>Microseconds in its handlers, summed over calls.</summary>
    [WireField(Minimum = 0)]
    public long CallTimeUs { get; init; }
}
