using EdgeHost.Plugins.Recommendation.Engine;
using EdgeHost.Plugins.Recommendation.Engine.Data;
using EdgeHost.Plugins.Recommendation.Engine.Models;
using EdgeHost.Plugins.Recommendation.Engine.Training;
using EdgeHost.Plugins.Recommendation.Storage;
using Microsoft.Extensions.Logging;

namespace EdgeHost.Plugins.Recommendation.Catalogs;

/// <summary>
/// The models of a catalogue that answer, and the histories of those who asked of late. Models follow their items: what an app puts is known by what it is with the next list, in large catalogues a
/// moment later. Thread-safe.
/// </summary>
internal sealed class CatalogModels(CatalogTurn turn, ModelFiles files, RecommendationOptions options, TimeProvider time, ILogger logger) : IAsyncDisposable
{
    // In a catalogue beyond this, a list does not wait until new items are taken in.
    private const int WaitingItems = 5000;

    // What taking new items in may cost of a processor's time where items come all the time: one part of so many.
    private const int RefreshShare = 5;

    private static readonly TrainingOptions First = new()
    {
        // Nothing is chosen: what answers before the first build has to be there at once.
        LeastHeldOut = int.MaxValue,
        Kinds = [ScorerKind.Popularity, ScorerKind.ItemToItem, ScorerKind.Content, ScorerKind.Sequence],
    };

    private readonly SemaphoreSlim _refreshing = new(1, 1);

    private readonly UserHistories _histories = new();
    private volatile ServingModels? _serving;
    private Base? _base;
    private Task _refresh = Task.CompletedTask;
    private long _refreshed;
    private TimeSpan _refreshTime;

    /// <summary>The models for the items as they are.</summary>
    /// <param name="cancellationToken">Stops waiting.</param>
    /// <exception cref="EdgeHostException"><see cref="ErrorCode.FailedPrecondition"/>: the catalogue is empty; else as the database says.</exception>
    public async ValueTask<ServingModels> GetAsync(CancellationToken cancellationToken)
    {
        var stamp = await turn.StampAsync(cancellationToken).ConfigureAwait(false);
        if (_serving is { } serving)
        {
            if (serving.ItemsStamp == stamp) return serving;
            if (serving.Catalogue.Count > WaitingItems)
            {
                RefreshLater();
                return serving;
            }
        }

        return await RefreshAsync(cancellationToken).ConfigureAwait(false);
    }

    /// <summary>What a user did, with everything that is recorded.</summary>
    /// <param name="models">By whose items.</param>
    /// <param name="user">The user.</param>
    /// <param name="now">What the user does at the moment and is not recorded; null for nothing.</param>
    /// <param name="cancellationToken">Stops waiting.</param>
    public async ValueTask<UserHistory> HistoryAsync(ServingModels models, string user, IReadOnlyList<string>? now, CancellationToken cancellationToken)
    {
        if (now is not { Count: > 0 } && _histories.TryGet(models.Catalogue, user, out var known)) return known;
        var at = time.GetUtcNow().ToUnixTimeMilliseconds();
        return await turn.RunAsync(
            (database, _) =>
            {
                var met = database.EventsOf(user, options.MaxHistoryEvents);
                if (now is { Count: > 0 })
                {
                    met.AddRange(now.Select((item, i) => new InteractionEvent { User = user, Item = item, Time = at, Key = $"now\n{i}" }));
                    return models.Histories.Read(met, at);
                }

                var history = models.Histories.Read(met, at);
                _histories.Put(models.Catalogue, user, history);
                return history;
            },
            cancellationToken).ConfigureAwait(false);
    }

    /// <summary>These users did something; called in the catalogue's turn.</summary>
    public void Recorded(IEnumerable<string> users)
    {
        foreach (var user in users) _histories.Remove(user);
    }

    /// <summary>Something was forgotten, another version is to serve, or somebody else may have changed the catalogue: nothing that is in memory answers any more. Called in the catalogue's turn.</summary>
    public void Drop()
    {
        _histories.Clear();
        _base = null;
        _serving = null;
    }

    /// <summary>A build has come to serve; called in the catalogue's turn.</summary>
    public void Serve(RecommendationModel model, BuildSource source)
    {
        _histories.Clear();
        _base = new Base(model, source.Version, source.ItemsStamp, source.Epoch);
        _serving = new ServingModels(model, options.Weights, source.Version, source.ItemsStamp);
    }

    /// <summary>Waits for what goes on after calls.</summary>
    public async ValueTask DisposeAsync() => await _refresh.ConfigureAwait(false);

    private void RefreshLater()
    {
        if (!_refresh.IsCompleted || (_refreshTime > TimeSpan.Zero && time.GetElapsedTime(_refreshed) < _refreshTime * (RefreshShare - 1))) return;
        using (ExecutionContext.SuppressFlow())
        {
            _refresh = Task.Run(async () =>
            {
                var started = time.GetTimestamp();
                try
                {
                    await RefreshAsync(CancellationToken.None).ConfigureAwait(false);
                }
                catch (EdgeHostException e)
                {
                    // The next list tries again.
                    logger.LogWarning("New items of a catalogue could not be taken in: {Problem}", e.Message);
                }

                _refreshed = time.GetTimestamp();
                _refreshTime = time.GetElapsedTime(started, _refreshed);
            });
        }
    }

    private async Task<ServingModels> RefreshAsync(CancellationToken cancellationToken)
    {
        await _refreshing.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            var (source, known, current) = await turn.RunAsync(
                (database, contents) => (
                    BuildSource.Of(contents, version: 0),
                    _base?.Epoch == contents.Epoch ? _base : null,
                    CurrentOf(database, contents)),
                cancellationToken).ConfigureAwait(false);
            if (_serving is { } fresh && fresh.ItemsStamp == source.ItemsStamp) return fresh;
            var made = await Task.Run(() => MakeAsync(source, known, current, cancellationToken), cancellationToken).ConfigureAwait(false);
            return await turn.RunAsync(
                (_, contents) =>
                {
                    // What was forgotten or built meanwhile is of more worth; this answers its own caller alone then.
                    if (contents.Epoch != source.Epoch) return made.Serving;
                    if (_base is not null && _base != known) return _serving ?? made.Serving;
                    _base = made.Base;
                    _serving = made.Serving;
                    return made.Serving;
                },
                cancellationToken).ConfigureAwait(false);
        }
        finally
        {
            _refreshing.Release();
        }
    }

    private static (long Version, long ItemsStamp)? CurrentOf(CatalogDatabase database, CatalogContents contents)
        => database.Versions().Find(version => version.IsCurrent && version.Epoch == contents.Epoch) is { } current ? (current.Version, database.Fact(Facts.ItemsOf(current.Version)) - 1) : null;

    private async Task<(Base Base, ServingModels Serving)> MakeAsync(BuildSource source, Base? known, (long Version, long ItemsStamp)? current, CancellationToken cancellationToken)
    {
        if (known is null && current is var (version, stamp) && files.TryRead(version, problem => logger.LogWarning("The models of a catalogue cannot be read and are built anew: {Problem}", problem), cancellationToken) is { } read)
        {
            // Those of a file have no descriptions: where the items are those that it was built of, these are all that is missing.
            known = stamp == source.ItemsStamp && read.Described(Catalogue.Create(source.Items, read.Catalogue.Ids)) is { } described
                ? new Base(described, version, stamp, source.Epoch)
                : new Base(read, version, -1, source.Epoch);
        }

        if (known is null)
        {
            var (snapshot, _) = await source.ReadAsync(turn, options, time.GetUtcNow().ToUnixTimeMilliseconds(), cancellationToken).ConfigureAwait(false);
            var first = await CatalogueTrainer.TrainAsync(snapshot, First, cancellationToken: cancellationToken).ConfigureAwait(false);
            known = new Base(first.Model, 0, source.ItemsStamp, source.Epoch);
        }

        var model = known.ItemsStamp == source.ItemsStamp ? known.Model : known.Model.For(Catalogue.Create(source.Items, known.Model.Catalogue.Ids), cancellationToken);
        return (known, new ServingModels(model, options.Weights, known.Version, source.ItemsStamp));
    }

    /// <summary>Models as they were built, or read.</summary>
    private sealed record Base(RecommendationModel Model, long Version, long ItemsStamp, long Epoch);
}
