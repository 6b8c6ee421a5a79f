using EdgeHost.Capabilities.Recommendation;
using EdgeHost.PluginSdk;
using EdgeHost.PluginSdk.Typed;
using EdgeHost.Plugins.Recommendation.Catalogs;

namespace EdgeHost.Plugins.Recommendation.Handlers;

/// <summary>Serves <c>recommendation.put_items</c>.</summary>
[Capability(
    RecommendationMethods.PutItems,
    Summary = "Puts items into a catalogue of the app.",
    Example = """{"catalog":"news","items":[{"item":"a1","title":"Rain tomorrow","tags":["weather"],"attributes":{"language":"en","words":320}}]}""")]
internal sealed class PutItemsHandler(AppCatalogs catalogs, ItemInput input) : CapabilityHandler<PutItemsRequest, PutItemsResponse>
{
    public override async ValueTask<PutItemsResponse> HandleAsync(PutItemsRequest request, CapabilityContext context, CancellationToken cancellationToken)
    {
        if (request.Items is not { } items) throw new EdgeHostException(ErrorCode.InvalidArgument, "'items' is missing; give at least an empty list.");
        input.Check(items);
        using var lease = await catalogs.OpenAsync(context.App, request.Catalog, creates: true).ConfigureAwait(false);
        var count = await lease.Catalog.PutAsync(items, cancellationToken).ConfigureAwait(false);
        return new PutItemsResponse { Count = items.Count, Items = count };
    }
}
