using EdgeHost.Capabilities.Recommendation;
using EdgeHost.PluginSdk.Typed;
using EdgeHost.Plugins.Recommendation.Catalogs;
using EdgeHost.Plugins.Recommendation.Evaluation;

namespace EdgeHost.Plugins.Recommendation.Handlers;

/// <summary>Serves <c>recommendation.evaluate</c>.</summary>
[Capability(
    RecommendationMethods.Evaluate,
    Summary = "Measures the models on events that were held out.",
    Example = """{"catalog":"news"}""")]
internal sealed class EvaluateHandler(AppCatalogs catalogs, Evaluator evaluator) : CatalogHandler<EvaluateRequest, EvaluateResponse>(catalogs, static request => request.Catalog)
{
    protected override async ValueTask<EvaluateResponse> HandleAsync(OpenCatalog catalog, EvaluateRequest request, CancellationToken cancellationToken)
        => await evaluator.EvaluateAsync(catalog, request, cancellationToken).ConfigureAwait(false);
}
