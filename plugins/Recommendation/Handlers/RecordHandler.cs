using EdgeHost.Capabilities.Recommendation;
using EdgeHost.PluginSdk.Typed;
using EdgeHost.Plugins.Recommendation.Catalogs;

namespace EdgeHost.Plugins.Recommendation.Handlers;

/// <summary>Serves <c>recommendation.record</c>.</summary>
[Capability(
    RecommendationMethods.Record,
    Summary = "Records what people did with items; it counts with the next list.",
    Example = """{"catalog":"news","events":[{"user":"me","item":"a1","type":"read","time":1760000000000}]}""")]
internal sealed class RecordHandler(AppCatalogs catalogs, ItemInput input) : CatalogHandler<RecordRequest, RecordResponse>(catalogs, static request => request.Catalog, creates: true)
{
    protected override void Check(RecordRequest request) => input.Check(request.Events);

    protected override async ValueTask<RecordResponse> HandleAsync(OpenCatalog catalog, RecordRequest request, CancellationToken cancellationToken)
    {
        var accepted = await catalog.RecordAsync(request.Events, cancellationToken).ConfigureAwait(false);
        return new RecordResponse { Accepted = accepted, Duplicates = request.Events.Count - accepted };
    }
}
