using EdgeHost.Capabilities.Health;
using EdgeHost.Plugins.Health.Access;
using EdgeHost.Plugins.Health.Findings;
using EdgeHost.Plugins.Health.Journal;
using EdgeHost.Plugins.Health.Samples;
using EdgeHost.Plugins.Health.Storage;
using EdgeHost.Plugins.Health.Texts;
using EdgeHost.PluginSdk;
using EdgeHost.PluginSdk.Typed;

namespace EdgeHost.Plugins.Health.Alerts;

/// <summary>Serves <c>health.alerts</c>.</summary>
[Capability(HealthMethods.Alerts, Summary = "Tells a person's alerts as they are raised, those after a given one first.", Example = """{"follow":false}""")]
internal sealed class AlertsHandler(SampleStore store, AlertSignal signal, FindingWriter writer, HealthOptions options) : StreamingCapabilityHandler<AlertsRequest, HealthAlert, AlertsResponse>
{
    private const int Page = 100;

    public override async ValueTask<AlertsResponse> HandleAsync(AlertsRequest request, ItemWriter<HealthAlert> items, CapabilityContext context, CancellationToken cancellationToken)
    {
        PersonName.Check(request.Person);
        var language = HealthTexts.LanguageOf(request.Language, options.Language);
        var types = DataGrants.Readable(context);
        var (last, count) = (request.After, 0L);
        while (true)
        {
            var next = signal.Next;
            var before = last;
            (var alerts, last) = await store.ReadAlertsAsync(request.Person, last, Page, types, context, cancellationToken).ConfigureAwait(false);
            foreach (var alert in alerts)
            {
                await items.WriteAsync(ToMessage(alert, language), cancellationToken).ConfigureAwait(false);
                count++;
            }

            if (last > before) continue;
            if (!request.Follow) return new AlertsResponse { Alerts = count, Last = last };
            await next.WaitAsync(cancellationToken).ConfigureAwait(false);

            // What the owner has taken back since holds for what comes.
            types = DataGrants.Readable(context);
        }
    }

    private HealthAlert ToMessage(RaisedAlert alert, string language)
    {
        var rule = AlertRules.All.FirstOrDefault(rule => rule.Rule.Name == alert.Rule)
            ?? throw new EdgeHostException(ErrorCode.FailedPrecondition, $"There is an alert of a rule '{alert.Rule}', which a newer host has raised. Use the newer host.");
        var unit = SampleTypes.All[rule.Type].Unit;
        var reading = new HealthReading { Type = rule.Type, Value = alert.Value, Unit = unit, Time = alert.Time, Source = alert.Source.Length > 0 ? alert.Source : null };
        return new HealthAlert
        {
            Id = alert.Id,
            Since = alert.Since,
            Time = alert.Time,
            Limit = rule.Limit,
            Finding = writer.Write(rule.Rule, language, [reading], ("value", Math.Round(alert.Value, 1)), ("unit", unit), ("limit", rule.Limit)),
        };
    }
}
