using EdgeHost.Capabilities.Recommendation;
using EdgeHost.Plugins.Recommendation.Engine.Data;
using EdgeHost.Plugins.Recommendation.Engine.Ranking;
using EdgeHost.Plugins.Recommendation.Engine.Training;
using EdgeHost.Plugins.Recommendation.Storage;
using Microsoft.Extensions.Logging;

namespace EdgeHost.Plugins.Recommendation.Catalogs;

/// <summary>
/// Builds the models of a catalogue: when it is asked to, and by itself a moment after enough has changed. A version serves when its file is on the disk and the database names it, never before.
/// Thread-safe.
/// </summary>
internal sealed class CatalogBuilds(CatalogTurn turn, CatalogModels models, ModelFiles files, HostServices host, SemaphoreSlim slots, RecommendationOptions options, TimeProvider time, ILogger logger) : IAsyncDisposable
{
    private const int MostAttempts = 5;

    private readonly SemaphoreSlim _building = new(1, 1);
    private readonly CancellationTokenSource _stop = new();
    private readonly Lock _gate = new();
    private Task _background = Task.CompletedTask;
    private DateTimeOffset _first;
    private DateTimeOffset _last;
    private bool _isScheduled;
    private bool _isStopped;

    /// <summary>Whether a build is under way or scheduled.</summary>
    public bool IsBusy
    {
        get
        {
            lock (_gate) return _isScheduled || _building.CurrentCount == 0;
        }
    }

    /// <summary>Why the last build did not come to serve; null if it did.</summary>
    public string? Problem { get; private set; }

    /// <summary>Builds.</summary>
    /// <param name="isGated">Whether models that are worse than their predecessor are put aside.</param>
    /// <param name="cancellationToken">Ends it; what served serves on.</param>
    /// <exception cref="EdgeHostException"><see cref="ErrorCode.FailedPrecondition"/>: there is nothing to build of; <see cref="ErrorCode.NotFound"/>: the catalogue was deleted meanwhile;
    /// <see cref="ErrorCode.ResourceExhausted"/>: the disk is full; <see cref="ErrorCode.Unavailable"/>: the catalogue was closed meanwhile.</exception>
    public async Task<BuildResponse> BuildAsync(bool isGated, CancellationToken cancellationToken)
    {
        lock (_gate)
        {
            if (_isStopped) throw Closed();
        }

        try
        {
            return await BuildInTurnAsync(isGated, cancellationToken).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (_stop.IsCancellationRequested && !cancellationToken.IsCancellationRequested)
        {
            throw Closed();
        }
    }

    /// <summary>Something changed: a build begins when nothing has changed for a while, if enough has by then.</summary>
    public void Notice()
    {
        lock (_gate)
        {
            if (_isStopped) return;
            _last = time.GetUtcNow();
            if (_isScheduled) return;
            _isScheduled = true;
            _first = _last;

            // The flow of the call ends with the call.
            using (ExecutionContext.SuppressFlow()) _background = Task.Run(RunAsync, CancellationToken.None);
        }
    }

    /// <summary>Stops what is built; it is begun again when the catalogue is used again.</summary>
    public async ValueTask DisposeAsync()
    {
        Task background;
        lock (_gate)
        {
            if (_isStopped) return;
            _isStopped = true;
            background = _background;
        }

        await _stop.CancelAsync().ConfigureAwait(false);
        await background.ConfigureAwait(false);
        _stop.Dispose();
    }

    /// <summary>Whether enough is new.</summary>
    internal bool IsDue(CatalogDatabase database, CatalogContents contents)
    {
        var current = database.Versions().Find(version => version.IsCurrent && version.Epoch == contents.Epoch);
        if (current is null) return contents.EventCount >= options.RebuildChanges;
        var added = database.EventsAfter(Math.Max(current.LastEvent, database.Fact(Facts.SettledEvent)));
        return added >= Math.Max(options.RebuildChanges, contents.EventCount * options.RebuildPercent / 100)
            || contents.NewItems >= Math.Max(options.RebuildChanges, contents.ItemCount * options.RebuildPercent / 100);
    }

    private static EdgeHostException Closed() => new(ErrorCode.Unavailable, "The catalogue was closed while it was built; what served serves on. Build again.");

    private async Task<BuildResponse> BuildInTurnAsync(bool isGated, CancellationToken cancellationToken)
    {
        using var linked = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, _stop.Token);
        await _building.WaitAsync(linked.Token).ConfigureAwait(false);
        try
        {
            await slots.WaitAsync(linked.Token).ConfigureAwait(false);
            try
            {
                return await BuildInTimeAsync(isGated, linked.Token).ConfigureAwait(false);
            }
            finally
            {
                slots.Release();
            }
        }
        finally
        {
            _building.Release();
        }
    }

    private async Task<BuildResponse> BuildInTimeAsync(bool isGated, CancellationToken cancellationToken)
    {
        using var late = new CancellationTokenSource(options.MaxBuildTime, time);
        using var linked = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, late.Token);
        try
        {
            for (var attempt = 0; attempt < MostAttempts; attempt++)
            {
                if (await TryBuildAsync(isGated, linked.Token).ConfigureAwait(false) is { } built) return built;
            }
        }
        catch (OperationCanceledException) when (late.IsCancellationRequested && !cancellationToken.IsCancellationRequested)
        {
            throw new EdgeHostException(
                ErrorCode.ResourceExhausted, $"The models were not built within {options.MaxBuildTime.TotalMinutes} min; what served serves on. Lower the plugin's setting 'recommendation:max_build_events', or raise 'recommendation:max_build_minutes'.");
        }

        throw new EdgeHostException(ErrorCode.Unavailable, "Something was forgotten in each of several attempts to build. Build again.");
    }

    private async Task RunAsync()
    {
        try
        {
            await SettleAsync().ConfigureAwait(false);
            if (turn.Exists && await turn.RunAsync(IsDue, _stop.Token).ConfigureAwait(false)) await BuildAsync(isGated: true, _stop.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (_stop.IsCancellationRequested)
        {
            // The plugin stops.
        }
        catch (EdgeHostException e)
        {
            Problem = e.Message;
            logger.LogWarning("A catalogue could not be built, and what served serves on: {Problem}", e.Message);
        }
        finally
        {
            lock (_gate) _isScheduled = false;
        }
    }

    private async Task SettleAsync()
    {
        while (true)
        {
            TimeSpan left;
            lock (_gate)
            {
                var due = _last + options.Settle;
                if (due > _first + options.MostWait) due = _first + options.MostWait;
                left = due - time.GetUtcNow();
            }

            if (left <= TimeSpan.Zero) return;
            await Task.Delay(left, time, _stop.Token).ConfigureAwait(false);
        }
    }

    private async Task<BuildResponse?> TryBuildAsync(bool isGated, CancellationToken cancellationToken)
    {
        var started = time.GetTimestamp();
        var source = await turn.RunAsync(
            (database, contents) =>
            {
                var version = database.Fact(Facts.LastVersion) + 1;
                database.SetFact(Facts.LastVersion, version);
                return BuildSource.Of(contents, version);
            },
            cancellationToken).ConfigureAwait(false);
        var (snapshot, events) = await source.ReadAsync(turn, options, time.GetUtcNow().ToUnixTimeMilliseconds(), cancellationToken).ConfigureAwait(false);
        var training = options.Training with { Networks = host.Networks };
        var result = await Task.Run(
            async () =>
            {
                var trained = await CatalogueTrainer.TrainAsync(snapshot, training, cancellationToken: cancellationToken).ConfigureAwait(false);

                // What models make once for all lists is made before they serve.
                new Recommender(trained.Model).Recommend(UserHistory.Empty, new RecommendationQuery { Count = 1, Reasons = 0 });
                return trained;
            },
            cancellationToken).ConfigureAwait(false);
        foreach (var (kind, problem) in result.LeftOut) logger.LogWarning("Models of the kind {Kind} take no part in a catalogue: {Problem}", ModelNames.Of(kind), problem);
        ThrowIfDeleted();
        var built = new BuildResponse
        {
            Version = source.Version,
            Serves = true,
            Model = ModelNames.Of(result.Chosen),
            Events = events,
            LeftOut = source.EventCount > events ? source.EventCount - events : null,
            Items = result.Model.Catalogue.Count,
            Users = snapshot.Users.Count,
            Milliseconds = time.GetElapsedTime(started).TotalMilliseconds,
            SearchedItems = result.Validation is null ? null : result.SearchedItems,
            SearchedPairs = result.Validation is null ? null : result.SearchedInteractions,
            Figures = BuildFigures.Of(result),
        };
        await Task.Run(() => files.Write(source.Version, result.Model), cancellationToken).ConfigureAwait(false);
        ThrowIfDeleted();
        return await turn.RunAsync((database, contents) => Publish(database, contents, source, result, built, isGated), cancellationToken).ConfigureAwait(false);
    }

    // What belongs to an app is deleted while its catalogues are built, too: nothing may be left of what was written meanwhile.
    private void ThrowIfDeleted()
    {
        if (turn.Exists) return;
        files.Delete();
        throw new EdgeHostException(ErrorCode.NotFound, "The catalogue was deleted while it was built.");
    }

    // In the catalogue's turn.
    private BuildResponse? Publish(CatalogDatabase database, CatalogContents contents, BuildSource source, TrainingResult result, BuildResponse built, bool isGated)
    {
        var versions = database.Versions();
        var before = versions.Find(version => version.IsCurrent);
        var kept = versions.Select(static version => version.Version).ToList();
        if (contents.Epoch != source.Epoch)
        {
            files.KeepOnly(kept);
            return null;
        }

        if (isGated && before is not null && BuildFigures.IsWorse(built, before.Built, options.GatePercent) is { } problem)
        {
            files.KeepOnly(kept);
            Problem = problem;

            // It is tried again when as much again is new.
            database.SetFact(Facts.SettledEvent, source.LastEvent);
            contents.NewItems = 0;
            logger.LogInformation("The models that were built were put aside: {Problem}", problem);
            return BuildFigures.PutAside(built, before.Version);
        }

        database.Transaction(() =>
        {
            foreach (var version in versions.Where(static version => !version.IsCurrent)) Forgetting.DeleteVersion(database, version.Version);
            if (before is not null) database.PutVersion(before with { IsCurrent = false });
            database.SetFact(Facts.ItemsOf(source.Version), source.ItemsStamp + 1);
            database.PutVersion(new StoredVersion(source.Version, IsCurrent: true, source.Epoch, source.LastEvent, built));
            return 0;
        });
        contents.NewItems = 0;
        Problem = null;
        models.Serve(result.Model, source);
        files.KeepOnly(before is null ? [source.Version] : [source.Version, before.Version]);
        return built;
    }
}
