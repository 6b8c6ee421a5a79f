using EdgeHost.Capabilities.Health;
using EdgeHost.Plugins.Health.Journal;
using EdgeHost.PluginSdk;
using EdgeHost.PluginSdk.Typed;

namespace EdgeHost.Plugins.Health.Alerts;

/// <summary>Serves <c>health.alert_settings</c>.</summary>
[Capability(HealthMethods.AlertSettings, Summary = "Gives the rules of a person's alerts as they hold.", Example = """{"person":"self"}""")]
internal sealed class AlertSettingsHandler(AlertStore store, AlertMessages messages, AlertClock clock) : CapabilityHandler<AlertSettingsRequest, HealthAlertSettings>
{
    public override async ValueTask<HealthAlertSettings> HandleAsync(AlertSettingsRequest request, CapabilityContext context, CancellationToken cancellationToken)
    {
        PersonName.Check(request.Person);
        return messages.ToMessage(await store.ReadSettingsAsync(request.Person, context, cancellationToken).ConfigureAwait(false), clock.Now.ToUnixTimeMilliseconds());
    }
}
