using EdgeHost.Capabilities.Recommendation;
using EdgeHost.PluginSdk;
using EdgeHost.PluginSdk.Typed;
using EdgeHost.Plugins.Recommendation.Catalogs;
using EdgeHost.Plugins.Recommendation.Evaluation;

namespace EdgeHost.Plugins.Recommendation.Handlers;

/// <summary>Serves <c>recommendation.evaluate</c>.</summary>
[Capability(
    RecommendationMethods.Evaluate,
    Summary = "Measures the models on events that were held out.",
    Example = """{"catalog":"news"}""")]
internal sealed class EvaluateHandler(AppCatalogs catalogs, Evaluator evaluator) : CapabilityHandler<EvaluateRequest, EvaluateResponse>
{
    public override async ValueTask<EvaluateResponse> HandleAsync(EvaluateRequest request, CapabilityContext context, CancellationToken cancellationToken)
    {
        using var lease = await catalogs.OpenAsync(context.App, request.Catalog, creates: false).ConfigureAwait(false);
        return await evaluator.EvaluateAsync(lease.Catalog, request, cancellationToken).ConfigureAwait(false);
    }
}
