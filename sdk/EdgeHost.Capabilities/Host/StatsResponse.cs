using EdgeHost.Serialization;

namespace EdgeHost.Capabilities.Host;

/// <summary>The host at one moment. Counts are since it started; the difference of two answers gives rates.</summary>
[WireMessage]
public sealed partial class StatsResponse
{
    /// <summary>The host's version.</summary>
    public required string Version { get; init; }

    /// <summary>Its process id.</summary>
    [WireField(Minimum = 0)]
    public int ProcessId { get; init; }

    /// <summary>Milliseconds since it started.</summary>
    [WireField(Minimum = 0)]
    public required long UptimeMs { get; init; }

    /// <summary>Calls that plugins serve now.</summary>
    [WireField(Minimum = 0)]
    public int ActiveCalls { get; init; }

    /// <summary>Memory of the process.</summary>
    public required MemoryUse Memory { get; init; }

    /// <summary>The memory of models.</summary>
    public required PoolStats Pool { get; init; }

    /// <summary>Devices. Empty until the first model is loaded: asking for devices loads the inference engine.</summary>
    public IReadOnlyList<DeviceStats> Devices { get; init; } = [];

    /// <summary>Models in the pool, those in use first, then the most recently used.</summary>
    public IReadOnlyList<ModelStats> Models { get; init; } = [];

    /// <summary>Apps that used a device lately, the greatest user first.</summary>
    public IReadOnlyList<AppStats> Apps { get; init; } = [];

    /// <summary>Battery, heat and memory pressure.</summary>
    public required ConditionStats Conditions { get; init; }

    /// <summary>Plugins, by id.</summary>
    public IReadOnlyList<PluginStats> Plugins { get; init; } = [];
}
