using EdgeHost.Plugins.Recommendation.Storage;
using EdgeHost.Plugins.Storage;

namespace EdgeHost.Plugins.Recommendation.Catalogs;

/// <summary>
/// The database of a catalogue and what of it is in memory: opened by the first use, used by one caller after the other, away from the threads that read calls. Thread-safe.
/// </summary>
internal sealed class CatalogTurn(string path, RecommendationOptions options, TimeProvider time) : IAsyncDisposable
{
    private readonly PluginDatabase _database = new(
        new DatabaseSpec
        {
            Path = path,
            Schema = CatalogDatabase.Schema,
            Words = new DatabaseWords
            {
                Subject = "catalogue",
                WhenFull = "The catalogue has reached the plugin's setting 'recommendation:max_megabytes', or the disk is full. Nothing of the call was kept. Forget something, or make room.",
                WhenDamaged = "Forget the catalogue ('everything') and put it anew.",
                WhenCrowded = "Send several events in one call, or try again.",
            },
            QueueLimit = options.MaxWaiting,
            MaxBytes = options.MaxMegabytes * (1L << 20),
        },
        time);

    private CatalogContents? _contents;
    private int _tenancy;

    /// <summary>Called in a turn when somebody else may have changed the catalogue: what was made of it is not of now.</summary>
    public Action? Changed { get; set; }

    /// <summary>The database's file.</summary>
    public string Path => path;

    /// <summary>Whether the catalogue is still there: the host deletes what belongs to an app while the plugin runs.</summary>
    public bool Exists => File.Exists(path);

    /// <summary>Works with the catalogue.</summary>
    /// <param name="work">Runs alone.</param>
    /// <param name="cancellationToken">Stops waiting; what has begun is brought to its end.</param>
    /// <exception cref="EdgeHostException">As <see cref="PluginDatabase"/> and the work say.</exception>
    public Task<T> RunAsync<T>(Func<CatalogDatabase, CatalogContents, T> work, CancellationToken cancellationToken) => _database.UseAsync(connection => Run(connection, work), cancellationToken);

    /// <summary>Works with the catalogue, however many wait: for what has begun and goes on in steps.</summary>
    /// <inheritdoc cref="RunAsync"/>
    public Task<T> GoOnAsync<T>(Func<CatalogDatabase, CatalogContents, T> work, CancellationToken cancellationToken) => _database.GoOnAsync(connection => Run(connection, work), cancellationToken);

    /// <summary>Which items there are, as <see cref="CatalogContents.Stamp"/>; without waiting once the catalogue is open.</summary>
    public async ValueTask<long> StampAsync(CancellationToken cancellationToken)
        => Volatile.Read(ref _contents) is { } contents ? contents.Stamp : await RunAsync(static (_, contents) => contents.Stamp, cancellationToken).ConfigureAwait(false);

    /// <summary>Ends what is built of a catalogue that is gone.</summary>
    /// <exception cref="EdgeHostException"><see cref="ErrorCode.NotFound"/>.</exception>
    public void CheckExists()
    {
        if (!Exists) throw new EdgeHostException(ErrorCode.NotFound, "The catalogue was deleted meanwhile.");
    }

    /// <summary>Closes the database after the work that is under way.</summary>
    public ValueTask DisposeAsync() => _database.DisposeAsync();

    private T Run<T>(DatabaseConnection connection, Func<CatalogDatabase, CatalogContents, T> work)
    {
        var database = new CatalogDatabase(connection);
        if (_contents is null || _tenancy != _database.Tenancy)
        {
            // Stamps go on: models that were made of what there was before must not be taken for those of now.
            var contents = CatalogContents.Read(database, options.Embedding, after: _contents?.Stamp ?? -1);
            (_contents, _tenancy) = (contents, _database.Tenancy);
            Changed?.Invoke();
        }

        return work(database, _contents);
    }
}
