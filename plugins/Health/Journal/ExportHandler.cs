using EdgeHost.Capabilities.Health;
using EdgeHost.Plugins.Health.Access;
using EdgeHost.Plugins.Health.Samples;
using EdgeHost.Plugins.Health.Storage;
using EdgeHost.PluginSdk;
using EdgeHost.PluginSdk.Typed;

namespace EdgeHost.Plugins.Health.Journal;

/// <summary>Serves <c>health.export</c>.</summary>
[Capability(HealthMethods.Export, Summary = "Gives everything that is kept of a person, with the record of who read and wrote it.", Example = """{"person":"self"}""")]
internal sealed class ExportHandler(SampleStore store, HealthOptions options) : StreamingCapabilityHandler<ExportHealthRequest, HealthExportPage, ExportHealthResponse>
{
    public override async ValueTask<ExportHealthResponse> HandleAsync(
        ExportHealthRequest request, ItemWriter<HealthExportPage> items, CapabilityContext context, CancellationToken cancellationToken)
    {
        PersonName.Check(request.Person);
        var (types, count) = (DataGrants.Readable(context), 0L);
        foreach (var type in types)
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

        await store.LogAsync(request.Person, context, count, types, cancellationToken).ConfigureAwait(false);
        return new ExportHealthResponse
        {
            Samples = count,
            Accesses = await WriteAccessesAsync(request.Person, items, cancellationToken).ConfigureAwait(false),
            Withheld = DataGrants.Withheld(types),
            Grants = [.. SampleTypes.All.Values.Select(type => new HealthGrant { Type = type.Name, CanRead = DataGrants.MayRead(context, type), CanWrite = DataGrants.MayWrite(context, type) })],
        };
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
