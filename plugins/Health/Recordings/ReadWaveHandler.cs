using EdgeHost.Capabilities.Health;
using EdgeHost.Plugins.Health.Journal;
using EdgeHost.PluginSdk;
using EdgeHost.PluginSdk.Typed;

namespace EdgeHost.Plugins.Health.Recordings;

/// <summary>Serves <c>health.read_wave</c>.</summary>
[Capability(HealthMethods.ReadWave, Summary = "Gives the samples of a recorded wave, a part after the other.", Example = """{"wave":1,"until_ms":10000}""")]
internal sealed class ReadWaveHandler(WaveStore store) : StreamingCapabilityHandler<ReadWaveRequest, WavePart, ReadWaveResponse>
{
    public override async ValueTask<ReadWaveResponse> HandleAsync(ReadWaveRequest request, ItemWriter<WavePart> items, CapabilityContext context, CancellationToken cancellationToken)
    {
        PersonName.Check(request.Person);
        var excerpt = await store.OpenAsync(request.Person, request.Wave, request.FromMs, request.UntilMs, context, cancellationToken).ConfigureAwait(false);
        await items.WriteAllAsync(store.ReadAsync(request.Person, excerpt, cancellationToken), cancellationToken).ConfigureAwait(false);
        return new ReadWaveResponse { Wave = excerpt.Wave, Samples = excerpt.Length };
    }
}
