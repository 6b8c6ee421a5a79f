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
    private const int MostHistories = 1024;

    private static readonly TrainingOptions First = new()
    {
        // Nothing is chosen: what answers before the first build has to be there at once.
        LeastHeldOut = int.MaxValue,
        Kinds = [ScorerKind.Popularity, ScorerKind.ItemToItem, ScorerKind.Content, ScorerKind.Sequence],
    };

    private readonly SemaphoreSlim _refreshing = new(1, 1);

    // Changed in the catalogue's turn alone.
    private readonly Dictionary<string, (Catalogue Catalogue, UserHistory History)> _histories = new(StringComparer.Ordinal);
    private volatile ServingModels? _serving;
    private Base? _base;
    private Task _refresh = Task.CompletedTask;

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
        var at = time.GetUtcNow().ToUnixTimeMilliseconds();
        return await turn.RunAsync(
            (database, _) =>
            {
                if (now is { Count: > 0 })
                {
                    var met = database.EventsOf(user);
                    met.AddRange(now.Select((item, i) => new InteractionEvent { User = user, Item = item, Time = at, Key = $"now\n{i}" }));
                    return models.Histories.Read(met, at);
                }

                if (_histories.TryGetValue(user, out var known) && ReferenceEquals(known.Catalogue, models.Catalogue)) return known.History;
                var history = models.Histories.Read(database.EventsOf(user), at);
                if (_histories.Count >= MostHistories) _histories.Clear();
                _histories[user] = (models.Catalogue, history);
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
        _serving = new ServingModels(model, source.Version, source.ItemsStamp);
    }

    /// <summary>Waits for what goes on after calls.</summary>
    public async ValueTask DisposeAsync() => await _refresh.ConfigureAwait(false);

    private void RefreshLater()
    {
        if (!_refresh.IsCompleted) return;
        using (ExecutionContext.SuppressFlow())
        {
            _refresh = Task.Run(async () =>
            {
                try
                {
                    await RefreshAsync(CancellationToken.None).ConfigureAwait(false);
                }
                catch (EdgeHostException e)
                {
                    // The next list tries again.
                    logger.LogWarning("New items of a catalogue could not be taken in: {Problem}", e.Message);
                }
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
                    new BuildSource(contents.Items(), contents.Stamp, contents.LastEvent, contents.Epoch, 0),
                    _base?.Epoch == contents.Epoch ? _base : null,
                    database.Versions().Find(version => version.IsCurrent && version.Epoch == contents.Epoch)?.Version),
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

    private async Task<(Base Base, ServingModels Serving)> MakeAsync(BuildSource source, Base? known, long? current, CancellationToken cancellationToken)
    {
        if (known is null && current is { } version && files.TryRead(version, problem => logger.LogWarning("The models of a catalogue cannot be read and are built anew: {Problem}", problem), cancellationToken) is { } read)
        {
            // Those of a file have no descriptions, so they never count as up to date.
            known = new Base(read, version, -1, source.Epoch);
        }

        if (known is null)
        {
            var (snapshot, _) = await source.ReadAsync(turn, options, time.GetUtcNow().ToUnixTimeMilliseconds(), cancellationToken).ConfigureAwait(false);
            known = new Base(CatalogueTrainer.Train(snapshot, First, cancellationToken: cancellationToken).Model, 0, source.ItemsStamp, source.Epoch);
        }

        var model = known.ItemsStamp == source.ItemsStamp ? known.Model : known.Model.For(Catalogue.Create(source.Items, known.Model.Catalogue.Ids), cancellationToken);
        return (known, new ServingModels(model, known.Version, source.ItemsStamp));
    }

    /// <summary>Models as they were built, or read.</summary>
    private sealed record Base(RecommendationModel Model, long Version, long ItemsStamp, long Epoch);
}
