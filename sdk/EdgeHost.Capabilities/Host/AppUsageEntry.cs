using EdgeHost.Serialization;

namespace EdgeHost.Capabilities.Host;

/// <summary>What one app has used since the host first saw it, or last forgot it; kept over restarts.</summary>
[WireMessage]
public sealed partial class AppUsageEntry
{
    /// <summary>Its name.</summary>
    public required string App { get; init; }

    /// <summary>The user of its processes, or -1 where the platform does not say.</summary>
    [WireField(Minimum = -1)]
    public long User { get; init; }

    /// <summary>Calls that were let in.</summary>
    [WireField(Minimum = 0)]
    public long Calls { get; init; }

    /// <summary>Those that ended with an error.</summary>
    [WireField(Minimum = 0)]
    public long Failed { get; init; }

    /// <summary>Calls that were not let in.</summary>
    [WireField(Minimum = 0)]
    public long Denied { get; init; }

    /// <summary>Calls under way.</summary>
    [WireField(Minimum = 0)]
    public int CallsInFlight { get; init; }

    /// <summary>Time its steps ran on devices, microseconds.</summary>
    [WireField(Minimum = 0)]
    public long DeviceTimeUs { get; init; }
}
