using EdgeHost.Capabilities.Recommendation;
using EdgeHost.PluginSdk.Typed;
using EdgeHost.Plugins.Recommendation.Catalogs;
using EdgeHost.Plugins.Recommendation.Lists;

namespace EdgeHost.Plugins.Recommendation.Handlers;

/// <summary>Serves <c>recommendation.similar</c>.</summary>
[Capability(
    RecommendationMethods.Similar,
    Summary = "Finds items that go with an item.",
    Example = """{"catalog":"news","item":"a1"}""")]
internal sealed class SimilarHandler(AppCatalogs catalogs, ListWriter lists) : CatalogHandler<SimilarRequest, RecommendResponse>(catalogs, static request => request.Catalog)
{
    protected override async ValueTask<RecommendResponse> HandleAsync(OpenCatalog catalog, SimilarRequest request, CancellationToken cancellationToken)
        => await lists.SimilarAsync(catalog, request, cancellationToken).ConfigureAwait(false);
}
