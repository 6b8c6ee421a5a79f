using EdgeHost.Capabilities.Recommendation;
using EdgeHost.PluginSdk;
using EdgeHost.PluginSdk.Typed;
using EdgeHost.Plugins.Recommendation.Catalogs;
using EdgeHost.Plugins.Recommendation.Lists;

namespace EdgeHost.Plugins.Recommendation.Handlers;

/// <summary>Serves <c>recommendation.rank</c>.</summary>
[Capability(
    RecommendationMethods.Rank,
    Summary = "Puts the app's own list into the order that suits a person.",
    Example = """{"catalog":"news","user":"me","candidates":["a1","a2","a3"]}""")]
internal sealed class RankHandler(AppCatalogs catalogs, ListWriter lists) : CapabilityHandler<RankRequest, RecommendResponse>
{
    public override async ValueTask<RecommendResponse> HandleAsync(RankRequest request, CapabilityContext context, CancellationToken cancellationToken)
    {
        using var lease = await catalogs.OpenAsync(context.App, request.Catalog, creates: false).ConfigureAwait(false);
        return await lists.RankAsync(lease.Catalog, request, cancellationToken).ConfigureAwait(false);
    }
}
