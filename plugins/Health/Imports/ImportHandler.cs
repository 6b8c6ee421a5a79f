using EdgeHost.Capabilities.Health;
using EdgeHost.Plugins.Health.Journal;
using EdgeHost.Plugins.Health.Recordings;
using EdgeHost.Plugins.Health.Samples;
using EdgeHost.Plugins.Health.Storage;
using EdgeHost.Plugins.Health.Texts;
using EdgeHost.PluginSdk;
using EdgeHost.PluginSdk.Typed;

namespace EdgeHost.Plugins.Health.Imports;

/// <summary>Serves <c>health.import</c>.</summary>
[Capability(
    HealthMethods.Import,
    Summary = "Keeps the readings of a file (CSV, FHIR R4, an export of Apple Health, Open mHealth) or the waves of a WFDB record.",
    Example = """{"format":"csv","data":"@file"}""")]
internal sealed class ImportHandler(SampleReader reader, SampleStore store, WaveStore waves, HealthOptions options) : CapabilityHandler<ImportHealthRequest, ImportHealthResponse>
{
    private const int MostShown = 100;

    // A transaction each: large enough that its commit costs little, small enough that two of them take little memory.
    private const int MostOfPart = 20_000;

    public override async ValueTask<ImportHealthResponse> HandleAsync(ImportHealthRequest request, CapabilityContext context, CancellationToken cancellationToken)
    {
        PersonName.Check(request.Person);
        if (request.Data.Length > options.MaxImportBytes)
            throw new EdgeHostException(ErrorCode.InvalidArgument, $"The file has {request.Data.Length} bytes; at most {options.MaxImportBytes} are taken. Send it in parts, or raise the plugin's setting 'health:max_import_bytes'.");
        if (request.Format == ImportFormat.Wfdb) return await ImportWavesAsync(request, context, cancellationToken).ConfigureAwait(false);
        var language = HealthTexts.LanguageOf(request.Language, options.Language);
        IImportFormat format = request.Format switch
        {
            ImportFormat.Fhir => new FhirFormat(),
            ImportFormat.AppleHealth => new AppleHealthFormat(),
            ImportFormat.OpenMhealth => new OpenMhealthFormat(),
            _ => new CsvFormat(),
        };

        // A copy: what the app shares with the host may change while it is read.
        using var data = new MemoryStream(request.Data.ToArray(), writable: false);
        var (accepted, duplicates, flaggedCount, skipped, before) = (0, 0, 0, 0, 0);
        var shown = new List<FlaggedReading>();
        Task<(int Accepted, int Duplicates)>? writing = null;
        try
        {
            // While one part is written the next one is read.
            foreach (var part in format.Read(data, () => skipped++).Chunk(Math.Min(options.MaxSamples, MostOfPart)))
            {
                var (samples, flagged) = reader.Read(part, language);
                shown.AddRange(flagged.Take(MostShown - shown.Count).Select(one => new FlaggedReading { Index = before + one.Index, Reason = one.Reason, Text = one.Text }));
                (flaggedCount, before) = (flaggedCount + flagged.Count, before + part.Length);
                var goesOn = writing is not null;
                if (writing is not null) Take(await writing.ConfigureAwait(false));
                writing = store.AddAsync(request.Person, samples, context, goesOn, cancellationToken);
            }

            if (writing is not null) Take(await writing.ConfigureAwait(false));
        }
        finally
        {
            // Nothing of the call goes on after it.
            if (writing is not null) await ((Task)writing).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }

        return new ImportHealthResponse { Accepted = accepted, Duplicates = duplicates, FlaggedCount = flaggedCount, Flagged = shown, Skipped = skipped };

        void Take((int Accepted, int Duplicates) written) => (accepted, duplicates) = (accepted + written.Accepted, duplicates + written.Duplicates);
    }

    private async ValueTask<ImportHealthResponse> ImportWavesAsync(ImportHealthRequest request, CapabilityContext context, CancellationToken cancellationToken)
    {
        using var record = new WfdbRecord(WfdbFiles.Open(request, options.MaxImportBytes), request, reader.Latest, options.MaxWaveSamples);
        var (kept, duplicates) = await waves.AddAsync(request.Person, record, context, cancellationToken).ConfigureAwait(false);
        return new ImportHealthResponse { Accepted = kept.Count - duplicates, Duplicates = duplicates, FlaggedCount = 0, Flagged = [], Skipped = record.Skipped, Waves = kept };
    }
}
