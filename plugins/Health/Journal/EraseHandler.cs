using EdgeHost.Capabilities.Health;
using EdgeHost.Plugins.Health.Storage;
using EdgeHost.PluginSdk;
using EdgeHost.PluginSdk.Typed;

namespace EdgeHost.Plugins.Health.Journal;

/// <summary>Serves <c>health.erase</c>.</summary>
[Capability(HealthMethods.Erase, Summary = "Erases everything that is kept of a person.", Example = """{"person":"nobody"}""")]
internal sealed class EraseHandler(SampleStore store) : CapabilityHandler<EraseHealthRequest, EraseHealthResponse>
{
    public override async ValueTask<EraseHealthResponse> HandleAsync(EraseHealthRequest request, CapabilityContext context, CancellationToken cancellationToken)
    {
        PersonName.Check(request.Person);
        return new EraseHealthResponse { Samples = await store.EraseAsync(request.Person, cancellationToken).ConfigureAwait(false) };
    }
}
