using EdgeHost.Capabilities.Recommendation;
using EdgeHost.PluginSdk.Typed;
using EdgeHost.Plugins.Recommendation.Catalogs;

namespace EdgeHost.Plugins.Recommendation.Handlers;

/// <summary>Serves <c>recommendation.build</c>.</summary>
[Capability(
    RecommendationMethods.Build,
    Summary = "Builds the models of a catalogue from everything that is recorded.",
    Example = """{"catalog":"news"}""")]
internal sealed class BuildHandler(AppCatalogs catalogs) : CatalogHandler<BuildRequest, BuildResponse>(catalogs, static request => request.Catalog)
{
    protected override async ValueTask<BuildResponse> HandleAsync(OpenCatalog catalog, BuildRequest request, CancellationToken cancellationToken)
        => await catalog.Builds.BuildAsync(request.Gate ?? false, cancellationToken).ConfigureAwait(false);
}
