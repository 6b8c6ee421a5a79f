using EdgeHost.Serialization;

namespace EdgeHost.Capabilities.Health;

/// <summary>Changes the rules of a person's alerts. What is absent stays.</summary>
[WireMessage]
public sealed partial class SetAlertSettingsRequest
{
    /// <summary>Whose data it is: a name of the device's owner's choice, which is kept encrypted.</summary>
    [WireField(MaxLength = 128)]
    public string Person { get; init; } = "self";

    /// <summary>Changes of rules, at most one of each.</summary>
    [WireField(MaxLength = 100)]
    public IReadOnlyList<HealthAlertRuleChange>? Rules { get; init; }

    /// <summary>The hours in which only urgent alerts are said.</summary>
    public HealthQuietHours? QuietHours { get; init; }

    /// <summary>Takes the quiet hours away.</summary>
    public bool NoQuietHours { get; init; }

    /// <summary>The person's time zone as an IANA name, such as <c>Asia/Shanghai</c>; empty: the device's.</summary>
    [WireField(MaxLength = 64)]
    public string? TimeZone { get; init; }

    /// <summary>Minutes after which an alert that nobody acknowledged is said again at a higher level, 0 for never; urgent alerts are said again in any case.</summary>
    [WireField(Minimum = 0, Maximum = 1440)]
    public int? EscalateAfterMinutes { get; init; }
}
