using EdgeHost.Capabilities.Health;
using EdgeHost.Plugins.Health.Access;
using EdgeHost.Plugins.Health.Recordings;
using EdgeHost.Plugins.Health.Samples;
using EdgeHost.Plugins.Health.Storage;
using EdgeHost.PluginSdk;
using EdgeHost.PluginSdk.Typed;

namespace EdgeHost.Plugins.Health.Journal;

/// <summary>Serves <c>health.export</c>.</summary>
[Capability(HealthMethods.Export, Summary = "Gives everything that is kept of a person, with the record of who read and wrote it.", Example = """{"person":"self"}""")]
internal sealed class ExportHandler(SampleStore store, WaveStore waves, HealthOptions options) : StreamingCapabilityHandler<ExportHealthRequest, HealthExportPage, ExportHealthResponse>
{
    public override async ValueTask<ExportHealthResponse> HandleAsync(
        ExportHealthRequest request, ItemWriter<HealthExportPage> items, CapabilityContext context, CancellationToken cancellationToken)
    {
        PersonName.Check(request.Person);
        var (types, count) = (DataGrants.ReadableNames(context), 0L);
        foreach (var type in SampleTypes.All.Values.Where(type => types.Contains(type.Name)))
        {
            PagePlace? last = null;
            while (true)
            {
                (var samples, last) = await store.ReadPageAsync(request.Person, type, last, options.ExportPage, cancellationToken).ConfigureAwait(false);
                count += samples.Count;
                if (samples.Count > 0) await items.WriteAsync(new HealthExportPage { Samples = [.. samples.Select(ToMessage)] }, cancellationToken).ConfigureAwait(false);
                if (samples.Count < options.ExportPage) break;
            }
        }

        var (waveCount, waveSamples) = await WriteWavesAsync(request.Person, items, [.. DataGrants.WaveKinds.Where(kind => types.Contains(DataGrants.NameOf(kind)))], cancellationToken).ConfigureAwait(false);
        await store.LogAsync(request.Person, context, count + waveSamples, types, cancellationToken).ConfigureAwait(false);
        return new ExportHealthResponse
        {
            Samples = count,
            Waves = waveCount,
            Accesses = await WriteAccessesAsync(request.Person, items, cancellationToken).ConfigureAwait(false),
            Withheld = [.. DataGrants.Names.Except(types)],
            Grants = [.. DataGrants.Names.Select(type => new HealthGrant { Type = type, CanRead = DataGrants.MayRead(context, type), CanWrite = DataGrants.MayWrite(context, type) })],
        };
    }

    private async ValueTask<(long Waves, long Samples)> WriteWavesAsync(string person, ItemWriter<HealthExportPage> items, IReadOnlyList<WaveKind> kinds, CancellationToken cancellationToken)
    {
        var (count, samples, last) = (0L, 0L, 0L);
        while (await waves.NextAsync(person, last, kinds, cancellationToken).ConfigureAwait(false) is { } next)
        {
            await items.WriteAsync(new HealthExportPage { Waves = [next.Wave] }, cancellationToken).ConfigureAwait(false);
            await foreach (var part in waves.ReadAsync(person, next, cancellationToken).ConfigureAwait(false))
                await items.WriteAsync(new HealthExportPage { WaveParts = [part] }, cancellationToken).ConfigureAwait(false);
            (count, samples, last) = (count + 1, samples + next.Length, next.Wave.Id);
        }

        return (count, samples);
    }

    private async ValueTask<long> WriteAccessesAsync(string person, ItemWriter<HealthExportPage> items, CancellationToken cancellationToken)
    {
        var (count, last) = (0L, 0L);
        while (true)
        {
            (var lines, last) = await store.ReadAccessesAsync(person, last, options.ExportPage, cancellationToken).ConfigureAwait(false);
            if (lines.Count == 0) return count;
            count += lines.Count;
            await items.WriteAsync(new HealthExportPage { Accesses = lines }, cancellationToken).ConfigureAwait(false);
        }
    }

    private static ExportedSample ToMessage(Sample sample) => new()
    {
        Type = sample.Type.Name,
        Value = sample.Value,
        Unit = sample.Type.Unit,
        Time = sample.Time,
        Source = sample.Source,
        GivenValue = sample.GivenValue,
        GivenUnit = sample.GivenUnit,
        UtcOffsetMinutes = sample.OffsetMinutes,
        Flag = sample.Flag,
    };
}
