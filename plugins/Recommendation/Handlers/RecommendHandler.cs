using EdgeHost.Capabilities.Recommendation;
using EdgeHost.PluginSdk.Typed;
using EdgeHost.Plugins.Recommendation.Catalogs;
using EdgeHost.Plugins.Recommendation.Lists;

namespace EdgeHost.Plugins.Recommendation.Handlers;

/// <summary>Serves <c>recommendation.recommend</c>.</summary>
[Capability(
    RecommendationMethods.Recommend,
    Summary = "Makes a list for a person, with reasons.",
    Example = """{"catalog":"news","user":"me","count":5}""")]
internal sealed class RecommendHandler(AppCatalogs catalogs, ListWriter lists) : CatalogHandler<RecommendRequest, RecommendResponse>(catalogs, static request => request.Catalog)
{
    protected override async ValueTask<RecommendResponse> HandleAsync(OpenCatalog catalog, RecommendRequest request, CancellationToken cancellationToken)
        => await lists.RecommendAsync(catalog, request, cancellationToken).ConfigureAwait(false);
}
