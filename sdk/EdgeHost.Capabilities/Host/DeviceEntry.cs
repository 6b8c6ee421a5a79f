using EdgeHost.Serialization;

namespace EdgeHost.Capabilities.Host;

/// <summary>A device that models run on.</summary>
[WireMessage]
public sealed partial class DeviceEntry
{
    /// <summary>Its id, for example cpu or gpu0.</summary>
    public required string Id { get; init; }

    /// <summary>Its kind.</summary>
    public required DeviceKind Kind { get; init; }

    /// <summary>Steps that wait for it.</summary>
    [WireField(Minimum = 0)]
    public int QueuedSteps { get; init; }

    /// <summary>Steps that run on it.</summary>
    [WireField(Minimum = 0)]
    public int RunningSteps { get; init; }
}
