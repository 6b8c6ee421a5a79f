using EdgeHost.Capabilities.Health;
using EdgeHost.Plugins.Health.Access;
using EdgeHost.Plugins.Health.Journal;
using EdgeHost.Plugins.Health.Storage;
using EdgeHost.Plugins.Health.Texts;
using EdgeHost.PluginSdk;
using EdgeHost.PluginSdk.Typed;

namespace EdgeHost.Plugins.Health.Summaries;

/// <summary>Serves <c>health.summary</c>.</summary>
[Capability(HealthMethods.Summary, Summary = "Summarises a day, a week or a month of a person's readings, with what is usual, trends and findings.", Example = """{"period":"week"}""")]
internal sealed class SummaryHandler(SampleStore store, SummaryMaker maker, HealthOptions options, TimeProvider time) : CapabilityHandler<SummarizeHealthRequest, SummarizeHealthResponse>
{
    // What is usual, and trends, need more days than are summarised.
    private static readonly TimeSpan LooksBack = TimeSpan.FromDays(31);

    public override async ValueTask<SummarizeHealthResponse> HandleAsync(SummarizeHealthRequest request, CapabilityContext context, CancellationToken cancellationToken)
    {
        PersonName.Check(request.Person);
        var language = HealthTexts.LanguageOf(request.Language, options.Language);
        var types = DataGrants.Readable(context);
        var until = request.Until ?? time.GetUtcNow().ToUnixTimeMilliseconds();
        var samples = await store.ReadAsync(request.Person, until - (long)LooksBack.TotalMilliseconds, until, types, options.MaxSummarySamples, context, cancellationToken).ConfigureAwait(false);
        return maker.Make(samples, PeriodDays.StartOf(request.Period, until), until, request, DataGrants.Withheld(types), language);
    }
}
