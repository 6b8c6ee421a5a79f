using EdgeHost.Capabilities.Recommendation;
using EdgeHost.PluginSdk;
using EdgeHost.PluginSdk.Typed;
using EdgeHost.Plugins.Recommendation.Catalogs;

namespace EdgeHost.Plugins.Recommendation.Handlers;

/// <summary>Serves <c>recommendation.put_items_stream</c>.</summary>
[Capability(
    RecommendationMethods.PutItemsStream,
    Summary = "Puts any number of items into a catalogue of the app, as they are pushed.",
    Example = """{"catalog":"news"}""")]
internal sealed class PutItemsStreamHandler(AppCatalogs catalogs, ItemInput input) : ClientStreamCapabilityHandler<PutItemsRequest, CatalogItem, PutItemsResponse>
{
    private const int BatchItems = 500;

    public override async ValueTask<PutItemsResponse> HandleAsync(PutItemsRequest request, IAsyncEnumerable<CatalogItem> pushes, CapabilityContext context, CancellationToken cancellationToken)
    {
        var first = request.Items ?? [];
        input.Check(first);
        using var lease = await catalogs.OpenAsync(context, request.Catalog, creates: true).ConfigureAwait(false);
        var total = await lease.Catalog.PutAsync(first, cancellationToken).ConfigureAwait(false);
        var count = first.Count;
        var batch = new List<CatalogItem>(BatchItems);
        await foreach (var item in pushes.WithCancellation(cancellationToken).ConfigureAwait(false))
        {
            input.Check(item);
            batch.Add(item);
            if (batch.Count < BatchItems) continue;
            total = await lease.Catalog.PutAsync(batch, cancellationToken).ConfigureAwait(false);
            count += batch.Count;
            batch.Clear();
        }

        if (batch.Count > 0) total = await lease.Catalog.PutAsync(batch, cancellationToken).ConfigureAwait(false);
        return new PutItemsResponse { Count = count + batch.Count, Items = total, ContentProblems = lease.Catalog.Content.Problems is { Count: > 0 } problems ? problems : null };
    }
}
