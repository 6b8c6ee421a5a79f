namespace EdgeHost.Plugins.Health.Alerts;

/// <summary>Time as alerts need it: the clock, the device's time zone and after how long what is said again. Thread-safe.</summary>
internal sealed class AlertClock(TimeProvider time, HealthOptions options)
{
    /// <summary>Now.</summary>
    public DateTimeOffset Now => time.GetUtcNow();

    /// <summary>The device's time zone.</summary>
    public TimeZoneInfo Zone => time.LocalTimeZone;

    /// <summary>How often an alert is said at most that nobody acknowledges.</summary>
    public int Levels => options.AlertLevels;

    /// <summary>The earliest time of a sample that raises alerts, in milliseconds since 1970 (UTC): nobody is woken by what an import tells of last year.</summary>
    public long Oldest => Now.AddHours(-options.AlertMaxAgeHours).ToUnixTimeMilliseconds();

    /// <summary>After how long an alert that nobody acknowledges is said again; null for never.</summary>
    public TimeSpan? EscalatesAfter(AlertRule rule, AlertSettings settings)
    {
        var minutes = rule.IsUrgent ? options.AlertUrgentEscalateMinutes : settings.EscalateAfterMinutes ?? options.AlertEscalateMinutes;
        return minutes > 0 ? TimeSpan.FromMinutes(minutes) : null;
    }
}
