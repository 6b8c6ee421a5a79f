using EdgeHost.Capabilities.Health;

namespace EdgeHost.Plugins.Health.Alerts;

/// <summary>What a person has chosen of alerts. Urgent rules are never off, snoozed or held back, whatever is kept here. Immutable.</summary>
internal sealed record AlertSettings
{
    /// <summary>Choices by rule.</summary>
    public IReadOnlyDictionary<string, AlertChoice> Rules { get; init; } = new Dictionary<string, AlertChoice>(StringComparer.Ordinal);

    /// <summary>The hours in which only urgent alerts are said, or null.</summary>
    public QuietHours? QuietHours { get; init; }

    /// <summary>The person's time zone as an IANA name, or null for the device's.</summary>
    public string? TimeZone { get; init; }

    /// <summary>Minutes after which an alert that nobody acknowledged is said again; 0 for never, null for the plugin's.</summary>
    public int? EscalateAfterMinutes { get; init; }

    /// <summary>The choices of a rule.</summary>
    public AlertChoice Of(string rule) => Rules.GetValueOrDefault(rule) ?? new AlertChoice();

    /// <summary>A rule as it holds for the person; null where it is switched off.</summary>
    public AlertRule? Personal(AlertRule rule)
    {
        var choice = Of(rule.Rule.Name);
        if (choice.IsOff && !rule.IsUrgent) return null;
        return choice.Limit is { } limit ? rule.At(Math.Clamp(limit, rule.LeastLimit, rule.MostLimit)) : rule;
    }

    /// <summary>Why a rule's alerts are held back at a time, and until when it is looked at again; null where they are said.</summary>
    /// <param name="rule">The rule.</param>
    /// <param name="now">The time.</param>
    /// <param name="device">The device's time zone.</param>
    public (AlertHold Hold, DateTimeOffset Until)? HoldOf(AlertRule rule, DateTimeOffset now, TimeZoneInfo device)
    {
        if (rule.IsUrgent) return null;
        var choice = Of(rule.Rule.Name);
        if (choice.SnoozedUntil is { } snoozed && snoozed > now.ToUnixTimeMilliseconds()) return (AlertHold.Snoozed, DateTimeOffset.FromUnixTimeMilliseconds(snoozed));
        if (choice.BreaksQuietHours || QuietHours is null) return null;

        // A zone that the device no longer knows must not keep alerts from anybody: the device's own stands for it.
        var zone = TimeZone is { } name && TimeZoneInfo.TryFindSystemTimeZoneById(name, out var found) ? found : device;
        return QuietHours.EndOf(now, zone) is { } end ? (AlertHold.QuietHours, end) : null;
    }

    /// <summary>The settings with other choices of a rule.</summary>
    public AlertSettings With(string rule, AlertChoice choice) => this with { Rules = new Dictionary<string, AlertChoice>(Rules, StringComparer.Ordinal) { [rule] = choice } };
}
