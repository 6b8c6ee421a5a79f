using EdgeHost.Capabilities.Recommendation;
using EdgeHost.Plugins.Recommendation.Content;
using EdgeHost.Plugins.Recommendation.Storage;
using Microsoft.Extensions.Logging;

namespace EdgeHost.Plugins.Recommendation.Catalogs;

/// <summary>A catalogue in memory. Thread-safe.</summary>
internal sealed class OpenCatalog : IAsyncDisposable
{
    /// <summary>Creates it; opens nothing.</summary>
    /// <param name="path">The database's file.</param>
    /// <param name="slots">Bounds the builds of all catalogues.</param>
    /// <param name="options">Limits.</param>
    /// <param name="time">The clock.</param>
    /// <param name="logger">Told of what fails after calls.</param>
    public OpenCatalog(string path, SemaphoreSlim slots, RecommendationOptions options, TimeProvider time, ILogger logger)
    {
        Options = options;
        Host = new HostServices();
        Files = new ModelFiles(FolderOf(path));
        Turn = new CatalogTurn(path, options, time);
        Models = new CatalogModels(Turn, Files, options, time, logger);
        Turn.Changed = Models.Drop;
        Builds = new CatalogBuilds(Turn, Models, Files, Host, slots, options, time, logger);
        Content = new ContentEmbedder(Turn, Host, options.Embedding, time, logger);
    }

    /// <summary>Limits, and how its models are made.</summary>
    public RecommendationOptions Options { get; }

    /// <summary>What it holds.</summary>
    public CatalogTurn Turn { get; }

    /// <summary>What the host does for it.</summary>
    public HostServices Host { get; }

    /// <summary>What answers.</summary>
    public CatalogModels Models { get; }

    /// <summary>What makes models.</summary>
    public CatalogBuilds Builds { get; }

    /// <summary>What turns texts and pictures into vectors.</summary>
    public ContentEmbedder Content { get; }

    /// <summary>The files of its models.</summary>
    public ModelFiles Files { get; }

    /// <summary>Where the models of a catalogue are.</summary>
    public static string FolderOf(string path) => Path.ChangeExtension(path, ".models");

    /// <summary>Puts checked items.</summary>
    /// <returns>How many items there are now.</returns>
    /// <exception cref="EdgeHostException">As <see cref="CatalogContents.Put"/> says.</exception>
    public async ValueTask<int> PutAsync(IReadOnlyList<CatalogItem> items, CancellationToken cancellationToken)
    {
        var count = await Turn.RunAsync(
            (database, contents) =>
            {
                contents.Put(database, items, Options);
                return contents.ItemCount;
            },
            cancellationToken).ConfigureAwait(false);
        Content.Notice(isPut: true);
        Builds.Notice();
        return count;
    }

    /// <summary>Records checked events: they are on the disk when this completes.</summary>
    /// <returns>How many were new.</returns>
    /// <exception cref="EdgeHostException">As <see cref="CatalogContents.Record"/> says.</exception>
    public async ValueTask<int> RecordAsync(IReadOnlyList<UserEvent> events, CancellationToken cancellationToken)
    {
        var accepted = await Turn.RunAsync(
            (database, contents) =>
            {
                var added = contents.Record(database, events, Options);
                Models.Recorded(events.Select(static recorded => recorded.User));
                return added;
            },
            cancellationToken).ConfigureAwait(false);
        if (accepted > 0) Builds.Notice();
        return accepted;
    }

    /// <summary>Deletes, and builds without what was deleted.</summary>
    /// <exception cref="EdgeHostException">As the database and the build say; what was deleted stays so.</exception>
    public async ValueTask<ForgetResponse> ForgetAsync(ForgetRequest request, CancellationToken cancellationToken)
    {
        var ((events, items), isEmpty) = await Turn.RunAsync(
            (database, contents) =>
            {
                if (request is { Item: { } item, User: null } && !contents.HasItem(item) && !database.HasEventsOf(item)) throw new EdgeHostException(ErrorCode.NotFound, $"The catalogue has no item '{item}'.");
                if (request.User is { } user && !contents.HasUser(user)) throw new EdgeHostException(ErrorCode.NotFound, $"The catalogue has no events of '{user}'.");
                var deleted = Forgetting.Delete(database, request);
                contents.Forgot(database, deleted.Items > 0 ? request.Item : null);
                Models.Drop();
                Files.KeepOnly([]);
                database.Checkpoint();
                return (deleted, contents.ItemCount == 0 && contents.EventCount == 0);
            },
            cancellationToken).ConfigureAwait(false);
        return new ForgetResponse { Events = events, Items = items, Version = isEmpty ? 0 : await RebuildAsync(cancellationToken).ConfigureAwait(false) };
    }

    /// <summary>The state.</summary>
    public async ValueTask<CatalogStatus> StatusAsync(CancellationToken cancellationToken)
        => await Turn.RunAsync(
            (database, contents) =>
            {
                var versions = database.Versions();
                var current = versions.Find(static version => version.IsCurrent);
                return new CatalogStatus
                {
                    Items = contents.ItemCount,
                    Events = contents.EventCount,
                    Users = contents.UserCount,
                    Bytes = new FileInfo(Turn.Path).Length,
                    Version = current?.Version ?? 0,
                    Previous = versions.Find(static version => !version.IsCurrent)?.Version,
                    NewEvents = current is null ? contents.EventCount : database.EventsAfter(current.LastEvent),
                    IsBuilding = Builds.IsBusy,
                    Figures = current?.Built.Figures ?? [],
                    Problem = Builds.Problem,
                    Content = ContentOf(database),
                };
            },
            cancellationToken).ConfigureAwait(false);

    /// <summary>Makes the version serve that served before.</summary>
    /// <exception cref="EdgeHostException"><see cref="ErrorCode.FailedPrecondition"/>: there is none.</exception>
    public async ValueTask RollBackAsync(CancellationToken cancellationToken)
        => await Turn.RunAsync(
            (database, contents) =>
            {
                var versions = database.Versions();
                if (versions.Find(static version => !version.IsCurrent) is not { } before)
                {
                    throw new EdgeHostException(ErrorCode.FailedPrecondition, "No version is before the one that serves: two builds make one, and forgetting deletes it.");
                }

                database.Transaction(() =>
                {
                    foreach (var version in versions) database.PutVersion(version with { IsCurrent = version == before });
                    database.SetFact(Facts.SettledEvent, contents.LastEvent);
                    return 0;
                });
                contents.NewItems = 0;
                Models.Drop();
                return 0;
            },
            cancellationToken).ConfigureAwait(false);

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await Content.DisposeAsync().ConfigureAwait(false);
        await Builds.DisposeAsync().ConfigureAwait(false);
        await Models.DisposeAsync().ConfigureAwait(false);
        await Turn.DisposeAsync().ConfigureAwait(false);
    }

    private ContentStatus ContentOf(CatalogDatabase database)
    {
        var states = database.Content.States();
        return new ContentStatus
        {
            Texts = Made(ContentPart.Text),
            Pictures = Made(ContentPart.Picture),
            Waiting = states.Where(static state => state.IsWaiting).Sum(static state => state.Count),
            Failed = states.Where(static state => !state.IsWaiting && state.Model is null).Sum(static state => state.Count),
            Models = [.. states.Select(static state => state.Model).OfType<string>().Distinct().Order(StringComparer.Ordinal)],
            Problems = Content.Problems,
        };

        long Made(ContentPart part) => states.Where(state => state.Part == part && state.Model is not null).Sum(static state => state.Count);
    }

    private async Task<long> RebuildAsync(CancellationToken cancellationToken)
    {
        try
        {
            return (await Builds.BuildAsync(isGated: false, cancellationToken).ConfigureAwait(false)).Version;
        }
        catch (EdgeHostException e) when (e.Code == ErrorCode.FailedPrecondition)
        {
            // Events that do not count are left, and no item: there is nothing to build of.
            return 0;
        }
    }
}
