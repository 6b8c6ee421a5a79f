using EdgeHost.Capabilities.Recommendation;
using EdgeHost.PluginSdk;
using EdgeHost.PluginSdk.Typed;
using EdgeHost.Plugins.Recommendation.Catalogs;
using EdgeHost.Plugins.Recommendation.Lists;

namespace EdgeHost.Plugins.Recommendation.Handlers;

/// <summary>Serves <c>recommendation.similar</c>.</summary>
[Capability(
    RecommendationMethods.Similar,
    Summary = "Finds items that go with an item.",
    Example = """{"catalog":"news","item":"a1"}""")]
internal sealed class SimilarHandler(AppCatalogs catalogs, ListWriter lists) : CapabilityHandler<SimilarRequest, RecommendResponse>
{
    public override async ValueTask<RecommendResponse> HandleAsync(SimilarRequest request, CapabilityContext context, CancellationToken cancellationToken)
    {
        using var lease = await catalogs.OpenAsync(context.App, request.Catalog, creates: false).ConfigureAwait(false);
        return await lists.SimilarAsync(lease.Catalog, request, cancellationToken).ConfigureAwait(false);
    }
}
