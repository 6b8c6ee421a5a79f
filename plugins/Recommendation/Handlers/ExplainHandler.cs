using EdgeHost.Capabilities.Recommendation;
using EdgeHost.PluginSdk;
using EdgeHost.PluginSdk.Typed;
using EdgeHost.Plugins.Recommendation.Catalogs;
using EdgeHost.Plugins.Recommendation.Lists;

namespace EdgeHost.Plugins.Recommendation.Handlers;

/// <summary>Serves <c>recommendation.explain</c>.</summary>
[Capability(
    RecommendationMethods.Explain,
    Summary = "Says why an item has its score for a person.",
    Example = """{"catalog":"news","user":"me","item":"a1"}""")]
internal sealed class ExplainHandler(AppCatalogs catalogs, ListWriter lists) : CapabilityHandler<ExplainRequest, ExplainResponse>
{
    public override async ValueTask<ExplainResponse> HandleAsync(ExplainRequest request, CapabilityContext context, CancellationToken cancellationToken)
    {
        using var lease = await catalogs.OpenAsync(context.App, request.Catalog, creates: false).ConfigureAwait(false);
        return await lists.ExplainAsync(lease.Catalog, request, cancellationToken).ConfigureAwait(false);
    }
}
