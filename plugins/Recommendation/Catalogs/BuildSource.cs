using EdgeHost.Plugins.Recommendation.Engine.Data;
using EdgeHost.Plugins.Recommendation.Storage;

namespace EdgeHost.Plugins.Recommendation.Catalogs;

/// <summary>What a build reads: the state of a catalogue at one moment.</summary>
/// <param name="Path">The database's file.</param>
/// <param name="Items">The items.</param>
/// <param name="ItemsStamp">As <see cref="CatalogContents.Stamp"/>.</param>
/// <param name="LastEvent">The newest event.</param>
/// <param name="Epoch">How often something had been forgotten.</param>
/// <param name="Version">The number that its models will have.</param>
internal sealed record BuildSource(string Path, CatalogueItem[] Items, long ItemsStamp, long LastEvent, long Epoch, long Version)
{
    /// <summary>Reads the events, through a connection of its own so that calls go on. Takes from milliseconds to seconds.</summary>
    /// <param name="options">Limits.</param>
    /// <param name="now">Milliseconds since 1970: later events count as now.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <returns>The snapshot, and how many events it is of.</returns>
    public (Snapshot Snapshot, long Events) Read(RecommendationOptions options, long now, CancellationToken cancellationToken)
    {
        var builder = new SnapshotBuilder(new SnapshotOptions { MaxItems = options.MaxItems, MaxEvents = options.MaxEvents });
        foreach (var item in Items) builder.Put(item);
        if (LastEvent > 0)
        {
            using var reader = SqliteFile.Open(Path, isReader: true, options.MaxMegabytes);
            CatalogDatabase.ReadEvents(reader, LastEvent, recorded => builder.Record(recorded), cancellationToken);
        }

        return (builder.Build(now), builder.EventCount);
    }
}
