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
internal sealed class ForgetHandler(AppCatalogs catalogs) : CapabilityHandler<ForgetRequest, ForgetResponse>
{
    public override async ValueTask<ForgetResponse> HandleAsync(ForgetRequest request, CapabilityContext context, CancellationToken cancellationToken)
    {
        if (request.Everything == true)
        {
            await catalogs.DeleteAsync(context.App, request.Catalog).ConfigureAwait(false);
            return new ForgetResponse { Events = 0, Items = 0, Version = 0 };
        }

        Forgetting.Check(request);
        using var lease = await catalogs.OpenAsync(context.App, request.Catalog, creates: false).ConfigureAwait(false);
        return await lease.Catalog.ForgetAsync(request, cancellationToken).ConfigureAwait(false);
    }
}
