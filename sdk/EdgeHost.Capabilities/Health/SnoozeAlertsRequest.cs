using EdgeHost.Serialization;

namespace EdgeHost.Capabilities.Health;

/// <summary>Holds a person's alerts back for some time. Those that still hold at its end are said then; urgent ones are said at once.</summary>
[WireMessage]
public sealed partial class SnoozeAlertsRequest
{
    /// <summary>Whose data it is: a name of the device's owner's choice, which is kept encrypted.</summary>
    [WireField(MaxLength = 128)]
    public string Person { get; init; } = "self";

    /// <summary>The rule; absent: all that are not urgent.</summary>
    [WireField(MaxLength = 64)]
    public string? Rule { get; init; }

    /// <summary>For how many minutes from now; 0 ends it.</summary>
    [WireField(Minimum = 0, Maximum = 10080)]
    public required int Minutes { get; init; }
}
