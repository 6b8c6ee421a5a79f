using EdgeHost.Capabilities.Recommendation;
using EdgeHost.PluginSdk;
using EdgeHost.PluginSdk.Typed;
using EdgeHost.Plugins.Recommendation.Catalogs;

namespace EdgeHost.Plugins.Recommendation.Handlers;

/// <summary>Serves <c>recommendation.export</c>.</summary>
[Capability(
    RecommendationMethods.Export,
    Summary = "Gives everything that a catalogue holds as lines of JSON.",
    Example = """{"catalog":"news"}""")]
internal sealed class ExportHandler(AppCatalogs catalogs) : StreamingCapabilityHandler<ExportRequest, ExportChunk, ExportResponse>
{
    public override async ValueTask<ExportResponse> HandleAsync(ExportRequest request, ItemWriter<ExportChunk> items, CapabilityContext context, CancellationToken cancellationToken)
    {
        using var lease = await catalogs.OpenAsync(context, request.Catalog, creates: false).ConfigureAwait(false);
        var export = new CatalogExport(lease.Catalog.Turn, request.User);
        while (await export.NextAsync(cancellationToken).ConfigureAwait(false) is { } lines) await items.WriteAsync(new ExportChunk { Lines = lines }, cancellationToken).ConfigureAwait(false);
        return new ExportResponse { Lines = export.Lines };
    }
}
