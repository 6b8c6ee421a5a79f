using EdgeHost.Plugins.Recommendation.Storage;

namespace EdgeHost.Plugins.Recommendation.Catalogs;

/// <summary>
/// The database of a catalogue and what of it is in memory: opened by the first use, used by one caller after the other, away from the threads that read calls. Thread-safe.
/// </summary>
internal sealed class CatalogTurn(string path, RecommendationOptions options) : IDisposable
{
    // Never disposed, as it holds nothing of the system: who still waits for it at the end gets an answer.
    private readonly SemaphoreSlim _turn = new(1, 1);
    private CatalogDatabase? _database;
    private CatalogContents? _contents;
    private int _waiting;
    private bool _isClosed;

    /// <summary>The database's file.</summary>
    public string Path => path;

    /// <summary>Whether the catalogue is still there: the host deletes what belongs to an app while the plugin runs.</summary>
    public bool Exists => File.Exists(path);

    /// <summary>Works with the catalogue.</summary>
    /// <param name="work">Runs alone.</param>
    /// <param name="cancellationToken">Stops waiting; what has begun is brought to its end.</param>
    /// <exception cref="EdgeHostException"><see cref="ErrorCode.ResourceExhausted"/>: too many wait; <see cref="ErrorCode.Unavailable"/>: it was closed; else what the database and the work say.</exception>
    public async Task<T> RunAsync<T>(Func<CatalogDatabase, CatalogContents, T> work, CancellationToken cancellationToken)
    {
        if (Interlocked.Increment(ref _waiting) > options.MaxWaiting)
        {
            Interlocked.Decrement(ref _waiting);
            throw new EdgeHostException(ErrorCode.ResourceExhausted, $"{options.MaxWaiting} calls wait for this catalogue already. Send several events in one call, or try again.") { RetryAfter = TimeSpan.FromMilliseconds(250) };
        }

        try
        {
            await _turn.WaitAsync(cancellationToken).ConfigureAwait(false);
            try
            {
                return await Task.Run(() => Run(work), CancellationToken.None).ConfigureAwait(false);
            }
            finally
            {
                _turn.Release();
            }
        }
        finally
        {
            Interlocked.Decrement(ref _waiting);
        }
    }

    /// <summary>Which items there are, as <see cref="CatalogContents.Stamp"/>; without waiting once the catalogue is open.</summary>
    public async ValueTask<long> StampAsync(CancellationToken cancellationToken)
        => Volatile.Read(ref _contents) is { } contents ? contents.Stamp : await RunAsync(static (_, contents) => contents.Stamp, cancellationToken).ConfigureAwait(false);

    /// <summary>Closes the database after the work that is under way.</summary>
    public async ValueTask CloseAsync()
    {
        await _turn.WaitAsync().ConfigureAwait(false);
        try
        {
            Dispose();
        }
        finally
        {
            _turn.Release();
        }
    }

    /// <summary>Closes the database; nobody uses it.</summary>
    public void Dispose()
    {
        _isClosed = true;
        _database?.Dispose();
        _database = null;
    }

    private T Run<T>(Func<CatalogDatabase, CatalogContents, T> work)
    {
        if (_isClosed) throw new EdgeHostException(ErrorCode.Unavailable, "The catalogue was closed while the call waited. Try again.");
        if (_database is null)
        {
            Directory.CreateDirectory(System.IO.Path.GetDirectoryName(path)!);
            var database = CatalogDatabase.Open(path, options.MaxMegabytes);
            try
            {
                _contents = CatalogContents.Read(database);
            }
            catch
            {
                database.Dispose();
                throw;
            }

            _database = database;
        }

        return work(_database, _contents!);
    }
}
