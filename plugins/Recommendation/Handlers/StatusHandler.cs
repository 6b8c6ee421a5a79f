using EdgeHost.Capabilities.Recommendation;
using EdgeHost.PluginSdk.Typed;
using EdgeHost.Plugins.Recommendation.Catalogs;

namespace EdgeHost.Plugins.Recommendation.Handlers;

/// <summary>Serves <c>recommendation.status</c>.</summary>
[Capability(
    RecommendationMethods.Status,
    Summary = "Tells what a catalogue holds and what serves.",
    Example = """{"catalog":"news"}""")]
internal sealed class StatusHandler(AppCatalogs catalogs) : CatalogHandler<CatalogRequest, CatalogStatus>(catalogs, static request => request.Catalog)
{
    protected override async ValueTask<CatalogStatus> HandleAsync(OpenCatalog catalog, CatalogRequest request, CancellationToken cancellationToken)
        => await catalog.StatusAsync(cancellationToken).ConfigureAwait(false);
}
