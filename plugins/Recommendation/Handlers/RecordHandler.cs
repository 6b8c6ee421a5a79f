using EdgeHost.Capabilities.Recommendation;
using EdgeHost.PluginSdk;
using EdgeHost.PluginSdk.Typed;
using EdgeHost.Plugins.Recommendation.Catalogs;

namespace EdgeHost.Plugins.Recommendation.Handlers;

/// <summary>Serves <c>recommendation.record</c>.</summary>
[Capability(
    RecommendationMethods.Record,
    Summary = "Records what people did with items; it counts with the next list.",
    Example = """{"catalog":"news","events":[{"user":"me","item":"a1","type":"read","time":1760000000000}]}""")]
internal sealed class RecordHandler(AppCatalogs catalogs, ItemInput input) : CapabilityHandler<RecordRequest, RecordResponse>
{
    public override async ValueTask<RecordResponse> HandleAsync(RecordRequest request, CapabilityContext context, CancellationToken cancellationToken)
    {
        input.Check(request.Events);
        using var lease = await catalogs.OpenAsync(context.App, request.Catalog, creates: true).ConfigureAwait(false);
        var accepted = await lease.Catalog.RecordAsync(request.Events, cancellationToken).ConfigureAwait(false);
        return new RecordResponse { Accepted = accepted, Duplicates = request.Events.Count - accepted };
    }
}
