using EdgeHost.Plugins.Recommendation.Engine.Data;

namespace EdgeHost.Plugins.Recommendation.Catalogs;

/// <summary>What a build reads: the state of a catalogue at one moment.</summary>
/// <param name="Items">The items.</param>
/// <param name="ItemsStamp">As <see cref="CatalogContents.Stamp"/>.</param>
/// <param name="EventCount">How many events there are.</param>
/// <param name="LastEvent">The newest event.</param>
/// <param name="Epoch">How often something had been forgotten.</param>
/// <param name="Version">The number that its models will have.</param>
internal sealed record BuildSource(CatalogueItem[] Items, long ItemsStamp, long EventCount, long LastEvent, long Epoch, long Version)
{
    private const int MostRows = 5_000;
    private const int MostTimes = 50_000;

    /// <summary>The state of a catalogue now.</summary>
    public static BuildSource Of(CatalogContents contents, long version) => new(contents.Items(), contents.Stamp, contents.EventCount, contents.LastEvent, contents.Epoch, version);

    /// <summary>
    /// Reads the events, the newest <see cref="RecommendationOptions.MaxBuildEvents"/> of them, some in each turn so that calls go on in between. Takes from milliseconds to seconds. What is
    /// forgotten meanwhile may be in it or not: then the epoch is another one.
    /// </summary>
    /// <param name="turn">The catalogue.</param>
    /// <param name="options">Limits.</param>
    /// <param name="now">Milliseconds since 1970: later events count as now.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <returns>The snapshot, and how many events it is of.</returns>
    /// <exception cref="EdgeHostException"><see cref="ErrorCode.NotFound"/>: the catalogue was deleted meanwhile; or as the database says.</exception>
    public async ValueTask<(Snapshot Snapshot, long Events)> ReadAsync(CatalogTurn turn, RecommendationOptions options, long now, CancellationToken cancellationToken)
    {
        // The database has each event once.
        var builder = new SnapshotBuilder(new SnapshotOptions { Weights = options.Weights, AreDistinct = true, MaxItems = options.MaxItems, MaxEvents = options.MaxEvents });
        foreach (var item in Items) builder.Put(item);
        var (from, ofThat) = await EarliestAsync(turn, options.MaxBuildEvents, cancellationToken).ConfigureAwait(false);
        var last = 0L;
        while (last < LastEvent)
        {
            var after = last;
            turn.CheckExists();
            var rows = await turn.GoOnAsync((database, _) => database.EventsBetween(after, LastEvent, MostRows), cancellationToken).ConfigureAwait(false);
            if (rows.Count == 0) break;
            foreach (var (_, recorded) in rows)
            {
                if (recorded.Time > from || (recorded.Time == from && ofThat-- > 0)) builder.Record(recorded);
            }

            last = rows[^1].Seq;
        }

        return (builder.Build(now), builder.EventCount);
    }

    // The time of the oldest event that is still among the newest, and how many of that time are.
    private async ValueTask<(long From, long OfThat)> EarliestAsync(CatalogTurn turn, int most, CancellationToken cancellationToken)
    {
        if (EventCount <= most) return (long.MinValue, long.MaxValue);
        var times = new List<long>(checked((int)EventCount));
        var last = 0L;
        while (last < LastEvent)
        {
            var after = last;
            turn.CheckExists();
            var rows = await turn.GoOnAsync((database, _) => database.TimesBetween(after, LastEvent, MostTimes), cancellationToken).ConfigureAwait(false);
            if (rows.Count == 0) break;
            times.AddRange(rows.Select(static row => row.Time));
            last = rows[^1].Seq;
        }

        if (times.Count <= most) return (long.MinValue, long.MaxValue);
        times.Sort();
        var from = times[^most];
        var later = 0;
        while (times[^(later + 1)] > from) later++;
        return (from, most - later);
    }
}
