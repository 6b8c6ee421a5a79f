using EdgeHost.Capabilities.Recommendation;
using EdgeHost.PluginSdk.Typed;
using EdgeHost.Plugins.Recommendation.Catalogs;

namespace EdgeHost.Plugins.Recommendation.Handlers;

/// <summary>Serves <c>recommendation.put_items</c>.</summary>
[Capability(
    RecommendationMethods.PutItems,
    Summary = "Puts items into a catalogue of the app.",
    Example = """{"catalog":"news","items":[{"item":"a1","title":"Rain tomorrow","tags":["weather"],"attributes":{"language":"en","words":320}}]}""")]
internal sealed class PutItemsHandler(AppCatalogs catalogs, ItemInput input) : CatalogHandler<PutItemsRequest, PutItemsResponse>(catalogs, static request => request.Catalog, creates: true)
{
    protected override void Check(PutItemsRequest request) => input.Check(ItemsOf(request));

    protected override async ValueTask<PutItemsResponse> HandleAsync(OpenCatalog catalog, PutItemsRequest request, CancellationToken cancellationToken)
    {
        var items = ItemsOf(request);
        var count = await catalog.PutAsync(items, cancellationToken).ConfigureAwait(false);
        return new PutItemsResponse { Count = items.Count, Items = count, ContentProblems = catalog.Content.Problems is { Count: > 0 } problems ? problems : null };
    }

    private static IReadOnlyList<CatalogItem> ItemsOf(PutItemsRequest request)
        => request.Items ?? throw new EdgeHostException(ErrorCode.InvalidArgument, "'items' is missing; give at least an empty list.");
}
