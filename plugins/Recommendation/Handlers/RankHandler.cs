using EdgeHost.Capabilities.Recommendation;
using EdgeHost.PluginSdk.Typed;
using EdgeHost.Plugins.Recommendation.Catalogs;
using EdgeHost.Plugins.Recommendation.Lists;

namespace EdgeHost.Plugins.Recommendation.Handlers;

/// <summary>Serves <c>recommendation.rank</c>.</summary>
[Capability(
    RecommendationMethods.Rank,
    Summary = "Puts the app's own list into the order that suits a person.",
    Example = """{"catalog":"news","user":"me","candidates":["a1","a2","a3"]}""")]
internal sealed class RankHandler(AppCatalogs catalogs, ListWriter lists) : CatalogHandler<RankRequest, RecommendResponse>(catalogs, static request => request.Catalog)
{
    protected override async ValueTask<RecommendResponse> HandleAsync(OpenCatalog catalog, RankRequest request, CancellationToken cancellationToken)
        => await lists.RankAsync(catalog, request, cancellationToken).ConfigureAwait(false);
}
