using EdgeHost.Capabilities.Recommendation;
using EdgeHost.PluginSdk;
using EdgeHost.PluginSdk.Typed;
using EdgeHost.Plugins.Recommendation.Catalogs;
using EdgeHost.Plugins.Recommendation.Lists;

namespace EdgeHost.Plugins.Recommendation.Handlers;

/// <summary>Serves <c>recommendation.recommend</c>.</summary>
[Capability(
    RecommendationMethods.Recommend,
    Summary = "Makes a list for a person, with reasons.",
    Example = """{"catalog":"news","user":"me","count":5}""")]
internal sealed class RecommendHandler(AppCatalogs catalogs, ListWriter lists) : CapabilityHandler<RecommendRequest, RecommendResponse>
{
    public override async ValueTask<RecommendResponse> HandleAsync(RecommendRequest request, CapabilityContext context, CancellationToken cancellationToken)
    {
        using var lease = await catalogs.OpenAsync(context.App, request.Catalog, creates: false).ConfigureAwait(false);
        return await lists.RecommendAsync(lease.Catalog, request, cancellationToken).ConfigureAwait(false);
    }
}
