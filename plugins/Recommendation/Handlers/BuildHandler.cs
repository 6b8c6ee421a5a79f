using EdgeHost.Capabilities.Recommendation;
using EdgeHost.PluginSdk;
using EdgeHost.PluginSdk.Typed;
using EdgeHost.Plugins.Recommendation.Catalogs;

namespace EdgeHost.Plugins.Recommendation.Handlers;

/// <summary>Serves <c>recommendation.build</c>.</summary>
[Capability(
    RecommendationMethods.Build,
    Summary = "Builds the models of a catalogue from everything that is recorded.",
    Example = """{"catalog":"news"}""")]
internal sealed class BuildHandler(AppCatalogs catalogs) : CapabilityHandler<BuildRequest, BuildResponse>
{
    public override async ValueTask<BuildResponse> HandleAsync(BuildRequest request, CapabilityContext context, CancellationToken cancellationToken)
    {
        using var lease = await catalogs.OpenAsync(context.App, request.Catalog, creates: false).ConfigureAwait(false);
        return await lease.Catalog.Builds.BuildAsync(request.Gate ?? false, cancellationToken).ConfigureAwait(false);
    }
}
