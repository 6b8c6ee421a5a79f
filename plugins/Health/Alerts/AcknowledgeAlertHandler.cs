using EdgeHost.Capabilities.Health;
using EdgeHost.Plugins.Health.Journal;
using EdgeHost.PluginSdk;
using EdgeHost.PluginSdk.Typed;

namespace EdgeHost.Plugins.Health.Alerts;

/// <summary>Serves <c>health.acknowledge_alert</c>.</summary>
[Capability(HealthMethods.AcknowledgeAlert, Summary = "Says that a person has seen an alert, so that it is not said again.", Example = """{"id":1}""")]
internal sealed class AcknowledgeAlertHandler(AlertStore store) : CapabilityHandler<AcknowledgeAlertRequest, AcknowledgeAlertResponse>
{
    public override async ValueTask<AcknowledgeAlertResponse> HandleAsync(AcknowledgeAlertRequest request, CapabilityContext context, CancellationToken cancellationToken)
    {
        PersonName.Check(request.Person);
        var (episode, isNew) = await store.AcknowledgeAsync(request.Person, request.Id, context, cancellationToken).ConfigureAwait(false);
        return new AcknowledgeAlertResponse { Episode = episode, IsNew = isNew };
    }
}
