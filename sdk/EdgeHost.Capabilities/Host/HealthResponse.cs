using EdgeHost.Serialization;

namespace EdgeHost.Capabilities.Host;

/// <summary>How the host is.</summary>
[WireMessage]
public sealed partial class HealthResponse
{
    /// <summary>How it is, in a word.</summary>
    public required HealthStatus Status { get; init; }

    /// <summary>What is wrong, a sentence each.</summary>
    public IReadOnlyList<string> Problems { get; init; } = [];

    /// <summary>What was looked at: a line for each device and each model in memory.</summary>
    public IReadOnlyList<HealthFindingEntry> Findings { get; init; } = [];

    /// <summary>Whether tiny inferences were run to find out.</summary>
    public bool Probed { get; init; }

    /// <summary>The host's version.</summary>
    public required string Version { get; init; }

    /// <summary>Milliseconds since it started.</summary>
    [WireField(Minimum = 0)]
    public required long UptimeMs { get; init; }

    /// <summary>Its process id.</summary>
    public int ProcessId { get; init; }

    /// <summary>Memory.</summary>
    public required MemoryUse Memory { get; init; }

    /// <summary>Models in memory, the most recently used first.</summary>
    public IReadOnlyList<ResidentModel> ResidentModels { get; init; } = [];

    /// <summary>Devices that it runs models on.</summary>
    public IReadOnlyList<DeviceEntry> Devices { get; init; } = [];

    /// <summary>Calls that plugins serve now.</summary>
    [WireField(Minimum = 0)]
    public int ActiveCalls { get; init; }

    /// <summary>Plugins that serve or would serve with their first call.</summary>
    [WireField(Minimum = 0)]
    public int Plugins { get; init; }
}
