using EdgeHost.Capabilities.Health;
using EdgeHost.Plugins.Health.Samples;
using EdgeHost.Plugins.Health.Storage;
using EdgeHost.Plugins.Health.Texts;
using EdgeHost.PluginSdk;
using EdgeHost.PluginSdk.Typed;

namespace EdgeHost.Plugins.Health.Journal;

/// <summary>Serves <c>health.record</c>.</summary>
[Capability(
    HealthMethods.Record,
    Summary = "Keeps readings, encrypted; a repeated call changes nothing.",
    Example = """{"samples":[{"type":"glucose","value":5.5,"unit":"mmol/L","time":1700000000000,"source":"meter"}]}""")]
internal sealed class RecordHandler(SampleReader reader, SampleStore store, HealthOptions options) : CapabilityHandler<RecordSamplesRequest, RecordSamplesResponse>
{
    public override async ValueTask<RecordSamplesResponse> HandleAsync(RecordSamplesRequest request, CapabilityContext context, CancellationToken cancellationToken)
    {
        PersonName.Check(request.Person);
        if (request.Samples.Count == 0) return new RecordSamplesResponse { Accepted = 0, Duplicates = 0, Flagged = [] };
        if (request.Samples.Count > options.MaxSamples)
            throw new EdgeHostException(ErrorCode.InvalidArgument, $"There are {request.Samples.Count} samples; at most {options.MaxSamples} are taken at once. Send them in several calls, or raise the plugin's setting 'health:max_samples'.");
        var (samples, flagged) = reader.Read(request.Samples, HealthTexts.LanguageOf(request.Language, options.Language));
        var (accepted, duplicates) = await store.AddAsync(request.Person, samples, context, goesOn: false, cancellationToken).ConfigureAwait(false);
        return new RecordSamplesResponse { Accepted = accepted, Duplicates = duplicates, Flagged = flagged };
    }
}
