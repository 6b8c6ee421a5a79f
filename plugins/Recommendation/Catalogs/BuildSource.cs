using EdgeHost.Plugins.Recommendation.Engine.Data;

namespace EdgeHost.Plugins.Recommendation.Catalogs;

/// <summary>What a build reads: the state of a catalogue at one moment.</summary>
/// <param name="Items">The items.</param>
/// <param name="ItemsStamp">As <see cref="CatalogContents.Stamp"/>.</param>
/// <param name="LastEvent">The newest event.</param>
/// <param name="Epoch">How often something had been forgotten.</param>
/// <param name="Version">The number that its models will have.</param>
internal sealed record BuildSource(CatalogueItem[] Items, long ItemsStamp, long LastEvent, long Epoch, long Version)
{
    private const int MostRows = 5_000;

    /// <summary>
    /// Reads the events, some in each turn so that calls go on in between. Takes from milliseconds to seconds. What is forgotten meanwhile may be in it or not: then the epoch is another one.
    /// </summary>
    /// <param name="turn">The catalogue.</param>
    /// <param name="options">Limits.</param>
    /// <param name="now">Milliseconds since 1970: later events count as now.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <returns>The snapshot, and how many events it is of.</returns>
    /// <exception cref="EdgeHostException"><see cref="ErrorCode.NotFound"/>: the catalogue was deleted meanwhile; or as the database says.</exception>
    public async ValueTask<(Snapshot Snapshot, long Events)> ReadAsync(CatalogTurn turn, RecommendationOptions options, long now, CancellationToken cancellationToken)
    {
        var builder = new SnapshotBuilder(new SnapshotOptions { MaxItems = options.MaxItems, MaxEvents = options.MaxEvents });
        foreach (var item in Items) builder.Put(item);
        var last = 0L;
        while (last < LastEvent)
        {
            var after = last;
            turn.CheckExists();
            var rows = await turn.GoOnAsync((database, _) => database.EventsBetween(after, LastEvent, MostRows), cancellationToken).ConfigureAwait(false);
            if (rows.Count == 0) break;
            foreach (var (_, recorded) in rows) builder.Record(recorded);
            last = rows[^1].Seq;
        }

        return (builder.Build(now), builder.EventCount);
    }
}
