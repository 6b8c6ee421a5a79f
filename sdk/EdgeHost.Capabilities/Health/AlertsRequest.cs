using EdgeHost.Serialization;

namespace EdgeHost.Capabilities.Health;

/// <summary>Tells a person's alerts. Each is raised once, in the same write as the sample that raises it.</summary>
[WireMessage]
public sealed partial class AlertsRequest
{
    /// <summary>Whose data it is: a name of the device's owner's choice, which is kept encrypted.</summary>
    [WireField(MaxLength = 128)]
    public string Person { get; init; } = "self";

    /// <summary>The number of the last alert that the app has seen; alerts after it come first. 0: all.</summary>
    [WireField(Minimum = 0)]
    public long After { get; init; }

    /// <summary>Whether to go on and tell new ones as they are raised, until the caller cancels.</summary>
    public bool Follow { get; init; } = true;

    /// <summary>Whether to tell what becomes of alerts as well: those that are held back, acknowledged, over.</summary>
    public bool Changes { get; init; }

    /// <summary>The language of the texts: <c>en</c> or <c>zh</c>; absent: the one that the host is set to.</summary>
    [WireField(MaxLength = 16)]
    public string? Language { get; init; }
}
