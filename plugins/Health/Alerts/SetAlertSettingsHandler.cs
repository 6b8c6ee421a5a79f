using EdgeHost.Capabilities.Health;
using EdgeHost.Plugins.Health.Journal;
using EdgeHost.PluginSdk;
using EdgeHost.PluginSdk.Typed;

namespace EdgeHost.Plugins.Health.Alerts;

/// <summary>Serves <c>health.set_alert_settings</c>.</summary>
[Capability(
    HealthMethods.SetAlertSettings,
    Summary = "Changes the rules of a person's alerts: limits within what is safe, quiet hours, escalation.",
    Example = """{"rules":[{"rule":"alert.glucose_low","limit":80}],"quiet_hours":{"start":"22:30","end":"07:00"},"time_zone":"Europe/Berlin"}""")]
internal sealed class SetAlertSettingsHandler(AlertStore store, AlertMessages messages, AlertClock clock) : CapabilityHandler<SetAlertSettingsRequest, HealthAlertSettings>
{
    public override async ValueTask<HealthAlertSettings> HandleAsync(SetAlertSettingsRequest request, CapabilityContext context, CancellationToken cancellationToken)
    {
        PersonName.Check(request.Person);
        if (request.NoQuietHours && request.QuietHours is not null) throw new EdgeHostException(ErrorCode.InvalidArgument, "Give either 'quiet_hours' or 'no_quiet_hours'.");
        if (request.TimeZone is { Length: > 0 } zone && !TimeZoneInfo.TryFindSystemTimeZoneById(zone, out _))
            throw new EdgeHostException(ErrorCode.InvalidArgument, $"time_zone is '{zone}', which this device does not know; it takes IANA names, such as Asia/Shanghai, and empty for the device's own.");
        var quiet = request.QuietHours is { } given ? QuietHours.From(given) : null;
        var settings = await store.ChangeAsync(request.Person, old => Change(old, request, quiet), [], context, cancellationToken).ConfigureAwait(false);
        return messages.ToMessage(settings, clock.Now.ToUnixTimeMilliseconds());
    }

    private static AlertSettings Change(AlertSettings settings, SetAlertSettingsRequest request, QuietHours? quiet)
    {
        settings = settings with
        {
            QuietHours = request.NoQuietHours ? null : quiet ?? settings.QuietHours,
            TimeZone = request.TimeZone switch { null => settings.TimeZone, "" => null, var name => name },
            EscalateAfterMinutes = request.EscalateAfterMinutes ?? settings.EscalateAfterMinutes,
        };
        for (var i = 0; i < request.Rules?.Count; i++) settings = Change(settings, request.Rules[i], $"rules[{i}]");
        return settings;
    }

    private static AlertSettings Change(AlertSettings settings, HealthAlertRuleChange change, string place)
    {
        if (!AlertRules.ByName.TryGetValue(change.Rule, out var rule))
            throw new EdgeHostException(ErrorCode.InvalidArgument, $"{place}.rule is '{change.Rule}', which is none; there are {string.Join(", ", AlertRules.ByName.Keys)}.");
        if (rule.IsUrgent && (change.Enabled == false || change.BreaksQuietHours == false))
            throw new EdgeHostException(ErrorCode.InvalidArgument, $"{place}: '{change.Rule}' warns of an emergency; it cannot be switched off or held back in quiet hours.");
        if (change.Limit is { } limit && !(limit >= rule.LeastLimit && limit <= rule.MostLimit))
        {
            throw new EdgeHostException(
                ErrorCode.InvalidArgument,
                rule.LeastLimit == rule.MostLimit
                    ? $"{place}.limit: the limit of '{change.Rule}' is fixed."
                    : $"{place}.limit is {limit} {rule.Unit}; a safe limit of '{change.Rule}' is from {rule.LeastLimit} to {rule.MostLimit} {rule.Unit}.");
        }

        var old = change.Reset ? new AlertChoice { SnoozedUntil = settings.Of(change.Rule).SnoozedUntil } : settings.Of(change.Rule);
        return settings.With(change.Rule, old with
        {
            Limit = change.Limit ?? old.Limit,
            IsOff = change.Enabled is { } enabled ? !enabled : old.IsOff,
            BreaksQuietHours = change.BreaksQuietHours ?? old.BreaksQuietHours,
        });
    }
}
