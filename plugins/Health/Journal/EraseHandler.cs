using EdgeHost.Capabilities.Health;
using EdgeHost.Plugins.Health.Recordings;
using EdgeHost.Plugins.Health.Storage;
using EdgeHost.PluginSdk;
using EdgeHost.PluginSdk.Typed;

namespace EdgeHost.Plugins.Health.Journal;

/// <summary>Serves <c>health.erase</c>.</summary>
[Capability(HealthMethods.Erase, Summary = "Erases everything that is kept of a person, or one recorded wave.", Example = """{"person":"nobody"}""")]
internal sealed class EraseHandler(SampleStore store, WaveStore waves) : CapabilityHandler<EraseHealthRequest, EraseHealthResponse>
{
    public override async ValueTask<EraseHealthResponse> HandleAsync(EraseHealthRequest request, CapabilityContext context, CancellationToken cancellationToken)
    {
        PersonName.Check(request.Person);
        if (request.Wave is { } wave)
        {
            await waves.EraseAsync(request.Person, wave, context, cancellationToken).ConfigureAwait(false);
            return new EraseHealthResponse { Samples = 0, Waves = 1 };
        }

        var erased = await store.EraseAsync(request.Person, cancellationToken).ConfigureAwait(false);
        return new EraseHealthResponse { Samples = erased.Samples, Waves = erased.Waves };
    }
}
