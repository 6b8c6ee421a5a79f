using EdgeHost.Capabilities.Recommendation;
using EdgeHost.PluginSdk.Typed;
using EdgeHost.Plugins.Recommendation.Catalogs;

namespace EdgeHost.Plugins.Recommendation.Handlers;

/// <summary>Serves <c>recommendation.roll_back</c>.</summary>
[Capability(
    RecommendationMethods.RollBack,
    Summary = "Makes the models serve that served before.",
    Example = """{"catalog":"news"}""")]
internal sealed class RollBackHandler(AppCatalogs catalogs) : CatalogHandler<CatalogRequest, CatalogStatus>(catalogs, static request => request.Catalog)
{
    protected override async ValueTask<CatalogStatus> HandleAsync(OpenCatalog catalog, CatalogRequest request, CancellationToken cancellationToken)
    {
        await catalog.RollBackAsync(cancellationToken).ConfigureAwait(false);
        return await catalog.StatusAsync(cancellationToken).ConfigureAwait(false);
    }
}
