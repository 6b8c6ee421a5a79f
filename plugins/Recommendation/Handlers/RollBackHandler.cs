using EdgeHost.Capabilities.Recommendation;
using EdgeHost.PluginSdk;
using EdgeHost.PluginSdk.Typed;
using EdgeHost.Plugins.Recommendation.Catalogs;

namespace EdgeHost.Plugins.Recommendation.Handlers;

/// <summary>Serves <c>recommendation.roll_back</c>.</summary>
[Capability(
    RecommendationMethods.RollBack,
    Summary = "Makes the models serve that served before.",
    Example = """{"catalog":"news"}""")]
internal sealed class RollBackHandler(AppCatalogs catalogs) : CapabilityHandler<CatalogRequest, CatalogStatus>
{
    public override async ValueTask<CatalogStatus> HandleAsync(CatalogRequest request, CapabilityContext context, CancellationToken cancellationToken)
    {
        using var lease = await catalogs.OpenAsync(context.App, request.Catalog, creates: false).ConfigureAwait(false);
        await lease.Catalog.RollBackAsync(cancellationToken).ConfigureAwait(false);
        return await lease.Catalog.StatusAsync(cancellationToken).ConfigureAwait(false);
    }
}
