using EdgeHost.Capabilities.Recommendation;
using EdgeHost.PluginSdk;
using EdgeHost.PluginSdk.Typed;
using EdgeHost.Plugins.Recommendation.Catalogs;

namespace EdgeHost.Plugins.Recommendation.Handlers;

/// <summary>Serves <c>recommendation.status</c>.</summary>
[Capability(
    RecommendationMethods.Status,
    Summary = "Tells what a catalogue holds and what serves.",
    Example = """{"catalog":"news"}""")]
internal sealed class StatusHandler(AppCatalogs catalogs) : CapabilityHandler<CatalogRequest, CatalogStatus>
{
    public override async ValueTask<CatalogStatus> HandleAsync(CatalogRequest request, CapabilityContext context, CancellationToken cancellationToken)
    {
        using var lease = await catalogs.OpenAsync(context.App, request.Catalog, creates: false).ConfigureAwait(false);
        return await lease.Catalog.StatusAsync(cancellationToken).ConfigureAwait(false);
    }
}
