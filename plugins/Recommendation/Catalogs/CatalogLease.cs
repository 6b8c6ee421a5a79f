namespace EdgeHost.Plugins.Recommendation.Catalogs;

/// <summary>The use of a catalogue by one call: while there is one it is not closed, unless its app deletes it. Dispose once.</summary>
internal readonly struct CatalogLease(OpenCatalog catalog, Action release) : IDisposable
{
    /// <summary>The catalogue.</summary>
    public OpenCatalog Catalog => catalog;

    /// <inheritdoc/>
    public void Dispose() => release();
}
