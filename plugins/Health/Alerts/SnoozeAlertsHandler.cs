using EdgeHost.Capabilities.Health;
using EdgeHost.Plugins.Health.Journal;
using EdgeHost.PluginSdk;
using EdgeHost.PluginSdk.Typed;

namespace EdgeHost.Plugins.Health.Alerts;

/// <summary>Serves <c>health.snooze_alerts</c>.</summary>
[Capability(HealthMethods.SnoozeAlerts, Summary = "Holds a person's alerts back for some time; urgent ones are said all the same.", Example = """{"rule":"alert.glucose_very_high","minutes":60}""")]
internal sealed class SnoozeAlertsHandler(AlertStore store, AlertClock clock, HealthOptions options) : CapabilityHandler<SnoozeAlertsRequest, SnoozeAlertsResponse>
{
    public override async ValueTask<SnoozeAlertsResponse> HandleAsync(SnoozeAlertsRequest request, CapabilityContext context, CancellationToken cancellationToken)
    {
        PersonName.Check(request.Person);
        if (request.Minutes > 60 * options.MaxSnoozeHours)
            throw new EdgeHostException(ErrorCode.InvalidArgument, $"minutes is {request.Minutes}; at most {60 * options.MaxSnoozeHours} are taken. The plugin's setting 'health:max_snooze_hours' is the limit; a rule can be switched off with 'health.set_alert_settings'.");
        var rules = RulesOf(request.Rule);
        var until = clock.Now.AddMinutes(request.Minutes).ToUnixTimeMilliseconds();
        await store.ChangeAsync(request.Person, settings => Snooze(settings, rules, request.Minutes > 0 ? until : null), request.Minutes > 0 ? rules : [], context, cancellationToken).ConfigureAwait(false);
        return new SnoozeAlertsResponse { Rules = [.. rules.Select(static rule => rule.Rule.Name)], Until = until };
    }

    private static AlertSettings Snooze(AlertSettings settings, IReadOnlyList<AlertRule> rules, long? until)
        => rules.Aggregate(settings, (changed, rule) => changed.With(rule.Rule.Name, changed.Of(rule.Rule.Name) with { SnoozedUntil = until }));

    private static IReadOnlyList<AlertRule> RulesOf(string? name)
    {
        if (name is null) return [.. AlertRules.All.Where(static rule => !rule.IsUrgent)];
        if (!AlertRules.ByName.TryGetValue(name, out var rule)) throw new EdgeHostException(ErrorCode.InvalidArgument, $"rule is '{name}', which is none; there are {string.Join(", ", AlertRules.ByName.Keys)}.");
        return !rule.IsUrgent ? [rule] : throw new EdgeHostException(ErrorCode.InvalidArgument, $"'{name}' warns of an emergency; it cannot be snoozed. 'health.acknowledge_alert' ends its repetition.");
    }
}
