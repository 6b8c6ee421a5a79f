using EdgeHost.Capabilities.Health;
using EdgeHost.Plugins.Health.Findings;
using EdgeHost.Plugins.Health.Texts;

namespace EdgeHost.Plugins.Health.Alerts;

/// <summary>Alerts and their rules as messages, in words. Thread-safe.</summary>
internal sealed class AlertMessages(FindingWriter writer, HealthTexts texts, HealthOptions options)
{
    /// <summary>An entry as a message.</summary>
    /// <param name="entry">The entry.</param>
    /// <param name="language">The language of its texts.</param>
    /// <exception cref="EdgeHostException"><see cref="ErrorCode.FailedPrecondition"/>: it is of a rule that only a newer host has.</exception>
    public HealthAlert ToMessage(AlertEntry entry, string language)
    {
        var rule = AlertRules.ByName.GetValueOrDefault(entry.Rule)
            ?? throw new EdgeHostException(ErrorCode.FailedPrecondition, $"There is an alert of a rule '{entry.Rule}', which a newer host has raised. Use the newer host.");
        return new HealthAlert
        {
            Id = entry.Id,
            Episode = entry.Episode,
            Event = entry.Event,
            Level = Math.Clamp(entry.Level, 1, 10),
            Held = entry.Held,
            At = entry.At,
            Since = entry.Since,
            Time = entry.Time,
            Limit = entry.Limit,
            Finding = FindingOf(entry, rule, language),
        };
    }

    /// <summary>What a person has chosen, with what holds where nothing was chosen.</summary>
    /// <param name="settings">The choices.</param>
    /// <param name="now">Now, in milliseconds since 1970 (UTC).</param>
    public HealthAlertSettings ToMessage(AlertSettings settings, long now) => new()
    {
        Rules = [.. AlertRules.All.Select(rule => ToMessage(rule, settings, now))],
        QuietHours = settings.QuietHours?.ToMessage(),
        TimeZone = settings.TimeZone,
        EscalateAfterMinutes = settings.EscalateAfterMinutes ?? options.AlertEscalateMinutes,
        UrgentEscalateAfterMinutes = options.AlertUrgentEscalateMinutes,
    };

    private static HealthAlertRule ToMessage(AlertRule standard, AlertSettings settings, long now)
    {
        var choice = settings.Of(standard.Rule.Name);
        var personal = settings.Personal(standard);
        var rule = personal ?? standard;
        return new HealthAlertRule
        {
            Rule = rule.Rule.Name,
            Severity = rule.Rule.Severity,
            Type = rule.Type,
            Unit = rule.Unit,
            IsLow = rule.IsLow,
            Limit = rule.Limit,
            DefaultLimit = standard.Limit,
            LeastLimit = rule.LeastLimit,
            MostLimit = rule.MostLimit,
            ClearAt = rule.ClearAt,
            PersistenceSeconds = rule.Persistence.TotalSeconds,
            Enabled = personal is not null,
            BreaksQuietHours = rule.IsUrgent || choice.BreaksQuietHours,
            SnoozedUntil = !rule.IsUrgent && choice.SnoozedUntil > now ? choice.SnoozedUntil : null,
            Guideline = rule.Rule.Guideline,
        };
    }

    private HealthFinding FindingOf(AlertEntry entry, AlertRule rule, string language)
    {
        IReadOnlyList<HealthReading> readings = [.. entry.Readings.Select(ToMessage)];
        var value = entry.Readings.Count > 0 ? entry.Readings[0].Value : entry.Limit;
        var beside = entry.Readings.Count > 1 ? entry.Readings[1].Value : value;
        var finding = writer.Write(
            rule.Rule, language, readings,
            ("value", Math.Round(value, 1)), ("beside", Math.Round(beside, 1)), ("unit", rule.Unit), ("limit", entry.Limit), ("minutes", rule.Persistence.TotalMinutes));
        if (entry.Event == AlertEvent.Raised) return finding;
        var isOver = entry.Event is AlertEvent.Resolved or AlertEvent.Expired;
        var key = entry.Event switch
        {
            AlertEvent.Escalated => "alert.escalated",
            AlertEvent.Acknowledged => "alert.acknowledged",
            AlertEvent.Resolved => "alert.resolved",
            _ => "alert.expired",
        };
        return new HealthFinding
        {
            Rule = finding.Rule,
            Severity = isOver ? FindingSeverity.Info : finding.Severity,
            Text = texts.Get(language, key, ("name", texts.Get(language, "type." + rule.Type)), ("text", finding.Text)),
            Advice = isOver ? null : finding.Advice,
            Guideline = finding.Guideline,
            Readings = readings,
        };
    }

    private static HealthReading ToMessage(AlertReading reading) => new()
    {
        Type = reading.Type,
        Value = reading.Value,
        Unit = reading.Unit,
        Time = reading.Time,
        Source = reading.Source.Length > 0 ? reading.Source : null,
    };
}
