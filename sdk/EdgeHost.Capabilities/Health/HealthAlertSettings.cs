using EdgeHost.Serialization;

namespace EdgeHost.Capabilities.Health;

/// <summary>The rules of a person's alerts as they hold.</summary>
[WireMessage]
public sealed partial class HealthAlertSettings
{
    /// <summary>All rules.</summary>
    public required IReadOnlyList<HealthAlertRule> Rules { get; init; }

    /// <summary>The hours in which only urgent alerts are said; absent: none.</summary>
    public HealthQuietHours? QuietHours { get; init; }

    /// <summary>The person's time zone as an IANA name; absent: the device's.</summary>
    public string? TimeZone { get; init; }

    /// <summary>Minutes after which an alert that nobody acknowledged is said again at a higher level; 0: only urgent ones are.</summary>
    [WireField(Minimum = 0)]
    public required int EscalateAfterMinutes { get; init; }

    /// <summary>The same for urgent alerts.</summary>
    [WireField(Minimum = 1)]
    public required int UrgentEscalateAfterMinutes { get; init; }
}
