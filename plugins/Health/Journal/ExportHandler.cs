using EdgeHost.Capabilities.Health;
using EdgeHost.Plugins.Health.Access;
using EdgeHost.Plugins.Health.Alerts;
using EdgeHost.Plugins.Health.Recordings;
using EdgeHost.Plugins.Health.Samples;
using EdgeHost.Plugins.Health.Storage;
using EdgeHost.Plugins.Health.Texts;
using EdgeHost.PluginSdk;
using EdgeHost.PluginSdk.Typed;

namespace EdgeHost.Plugins.Health.Journal;

/// <summary>Serves <c>health.export</c>.</summary>
[Capability(
    HealthMethods.Export,
    Summary = "Gives everything that is kept of a person: readings, waves, alerts, what was chosen of them, and the record of who read and wrote it.",
    Example = """{"person":"self"}""")]
internal sealed class ExportHandler(SampleStore store, WaveStore waves, AlertStore alerts, AlertMessages messages, HealthOptions options)
    : StreamingCapabilityHandler<ExportHealthRequest, HealthExportPage, ExportHealthResponse>
{
    // Snoozes that are over are kept as well.
    private const long Always = long.MinValue;

    public override async ValueTask<ExportHealthResponse> HandleAsync(
        ExportHealthRequest request, ItemWriter<HealthExportPage> items, CapabilityContext context, CancellationToken cancellationToken)
    {
        PersonName.Check(request.Person);
        var language = HealthTexts.LanguageOf(request.Language, options.Language);
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
        var alertCount = await WriteAlertsAsync(request.Person, items, types, language, cancellationToken).ConfigureAwait(false);
        await store.LogAsync(request.Person, context, count + waveSamples + alertCount, types, cancellationToken).ConfigureAwait(false);
        return new ExportHealthResponse
        {
            Samples = count,
            Waves = waveCount,
            Alerts = alertCount,
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

    // What was chosen is no measurement and needs no grant of a type; alerts need that of what their rules look at.
    private async ValueTask<long> WriteAlertsAsync(string person, ItemWriter<HealthExportPage> items, IReadOnlyList<string> types, string language, CancellationToken cancellationToken)
    {
        if (await alerts.FindSettingsAsync(person, cancellationToken).ConfigureAwait(false) is { } chosen)
            await items.WriteAsync(new HealthExportPage { AlertSettings = messages.ToMessage(chosen, Always) }, cancellationToken).ConfigureAwait(false);
        var (count, last) = (0L, 0L);
        while (true)
        {
            var page = await alerts.NextAsync(person, last, options.ExportPage, types, cancellationToken).ConfigureAwait(false);
            if (page.Entries.Count > 0)
                await items.WriteAsync(new HealthExportPage { Alerts = [.. page.Entries.Select(entry => messages.ToMessage(entry, language))] }, cancellationToken).ConfigureAwait(false);
            (count, last) = (count + page.Entries.Count, page.Last);
            if (!page.HasMore) return count;
        }
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
