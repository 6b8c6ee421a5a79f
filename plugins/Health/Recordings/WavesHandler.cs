using EdgeHost.Capabilities.Health;
using EdgeHost.Plugins.Health.Access;
using EdgeHost.Plugins.Health.Journal;
using EdgeHost.PluginSdk;
using EdgeHost.PluginSdk.Typed;

namespace EdgeHost.Plugins.Health.Recordings;

/// <summary>Serves <c>health.waves</c>.</summary>
[Capability(HealthMethods.Waves, Summary = "Lists the recorded waves that are kept of a person.", Example = """{"kind":"ecg"}""")]
internal sealed class WavesHandler(WaveStore store) : CapabilityHandler<WavesRequest, WavesResponse>
{
    private const int Most = 10_000;

    public override async ValueTask<WavesResponse> HandleAsync(WavesRequest request, CapabilityContext context, CancellationToken cancellationToken)
    {
        PersonName.Check(request.Person);
        if (request.Kind is { } one) DataGrants.CheckRead(context, DataGrants.NameOf(one));
        var kinds = request.Kind is { } kind ? [kind] : DataGrants.ReadableKinds(context);
        var waves = await store.ListAsync(request.Person, kinds, request.From ?? long.MinValue, request.Until ?? long.MaxValue, Most + 1, context, cancellationToken).ConfigureAwait(false);
        return new WavesResponse { Waves = [.. waves.Take(Most)], HasMore = waves.Count > Most };
    }
}
