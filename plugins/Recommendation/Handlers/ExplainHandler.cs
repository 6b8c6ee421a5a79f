using EdgeHost.Capabilities.Recommendation;
using EdgeHost.PluginSdk.Typed;
using EdgeHost.Plugins.Recommendation.Catalogs;
using EdgeHost.Plugins.Recommendation.Lists;

namespace EdgeHost.Plugins.Recommendation.Handlers;

/// <summary>Serves <c>recommendation.explain</c>.</summary>
[Capability(
    RecommendationMethods.Explain,
    Summary = "Says why an item has its score for a person.",
    Example = """{"catalog":"news","user":"me","item":"a1"}""")]
internal sealed class ExplainHandler(AppCatalogs catalogs, ListWriter lists) : CatalogHandler<ExplainRequest, ExplainResponse>(catalogs, static request => request.Catalog)
{
    protected override async ValueTask<ExplainResponse> HandleAsync(OpenCatalog catalog, ExplainRequest request, CancellationToken cancellationToken)
        => await lists.ExplainAsync(catalog, request, cancellationToken).ConfigureAwait(false);
}
