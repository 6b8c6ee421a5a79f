using EdgeHost.Capabilities.Recommendation;
using EdgeHost.PluginSdk;
using EdgeHost.PluginSdk.Typed;
using EdgeHost.Plugins.Recommendation.Catalogs;

namespace EdgeHost.Plugins.Recommendation.Handlers;

/// <summary>Serves <c>recommendation.forget</c>.</summary>
[Capability(
    RecommendationMethods.Forget,
    Summary = "Deletes a user, an item, events or a catalogue, and builds the models without it.",
    Example = """{"catalog":"news","user":"me"}""")]
internal sealed class ForgetHandler(AppCatalogs catalogs) : CatalogHandler<ForgetRequest, ForgetResponse>(catalogs, static request => request.Catalog)
{
    private readonly AppCatalogs _catalogs = catalogs;

    public override async ValueTask<ForgetResponse> HandleAsync(ForgetRequest request, CapabilityContext context, CancellationToken cancellationToken)
    {
        if (request.Everything != true) return await base.HandleAsync(request, context, cancellationToken).ConfigureAwait(false);
        await _catalogs.DeleteAsync(context.App, request.Catalog).ConfigureAwait(false);
        return new ForgetResponse { Events = 0, Items = 0, Version = 0 };
    }

    protected override void Check(ForgetRequest request) => Forgetting.Check(request);

    protected override async ValueTask<ForgetResponse> HandleAsync(OpenCatalog catalog, ForgetRequest request, CancellationToken cancellationToken)
        => await catalog.ForgetAsync(request, cancellationToken).ConfigureAwait(false);
}
