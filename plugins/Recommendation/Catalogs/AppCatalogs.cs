using EdgeHost.Plugins.Storage;
using EdgeHost.PluginSdk;
using Microsoft.Extensions.Logging;

namespace EdgeHost.Plugins.Recommendation.Catalogs;

/// <summary>
/// The catalogues of all apps, a database and a folder of models each, in the folder that the host keeps for the app and deletes with everything of it. Those used of late are in memory. Thread-safe.
/// </summary>
internal sealed class AppCatalogs : IAsyncDisposable
{
    private const string Folder = "catalogs";
    private const string Extension = ".db";

    private static readonly TimeSpan SweepInterval = TimeSpan.FromSeconds(10);

    private readonly Lock _gate = new();
    private readonly Dictionary<string, Entry> _open = new(StringComparer.Ordinal);

    // Never disposed, as it holds nothing of the system.
    private readonly SemaphoreSlim _slots;
    private readonly IPluginStorage _storage;
    private readonly RecommendationOptions _options;
    private readonly TimeProvider _time;
    private readonly ILogger _logger;
    private readonly ITimer _sweep;
    private Task _swept = Task.CompletedTask;
    private long _uses;
    private bool _isStopped;

    /// <summary>Creates it; opens nothing.</summary>
    /// <param name="storage">Where what belongs to apps is kept.</param>
    /// <param name="options">Limits.</param>
    /// <param name="time">The clock.</param>
    /// <param name="logger">Told of what fails after calls.</param>
    public AppCatalogs(IPluginStorage storage, RecommendationOptions options, TimeProvider time, ILogger<AppCatalogs> logger)
    {
        (_storage, _options, _time, _logger) = (storage, options, time, logger);
        _slots = new SemaphoreSlim(options.MaxBuilds, options.MaxBuilds);
        using (ExecutionContext.SuppressFlow()) _sweep = time.CreateTimer(_ => Sweep(), null, SweepInterval, SweepInterval);
    }

    /// <summary>How many are in memory.</summary>
    internal int OpenCount
    {
        get
        {
            lock (_gate) return _open.Count;
        }
    }

    /// <summary>Opens a catalogue for a call.</summary>
    /// <param name="call">The call of the app whose it is.</param>
    /// <param name="name">Its name.</param>
    /// <param name="creates">Whether it is made if it is not there.</param>
    /// <exception cref="EdgeHostException"><see cref="ErrorCode.InvalidArgument"/>: it cannot be called so; <see cref="ErrorCode.NotFound"/>: the app has none of that name;
    /// <see cref="ErrorCode.ResourceExhausted"/>: the app has too many.</exception>
    public async ValueTask<CatalogLease> OpenAsync(CapabilityContext call, string name, bool creates)
    {
        if (!AppFiles.IsName(name)) throw new EdgeHostException(ErrorCode.InvalidArgument, "'catalog' must have 1 to 64 characters of a-z 0-9 _ -.");
        var path = PathOf(call.App, name);
        var gone = new List<OpenCatalog>();
        try
        {
            lock (_gate)
            {
                if (_isStopped) throw new EdgeHostException(ErrorCode.Unavailable, "The plugin stops. Try again.");
                var exists = File.Exists(path);
                if (_open.TryGetValue(path, out var known) && !exists && known.IsMade)
                {
                    // The host deleted what belongs to the app.
                    _open.Remove(path);
                    gone.Add(known.Catalog);
                    known = null;
                }

                if (known is null)
                {
                    if (!exists && !creates)
                    {
                        throw new EdgeHostException(ErrorCode.NotFound, $"This app has no catalogue '{name}'. recommendation.put_items and recommendation.record make one.");
                    }

                    if (!exists) CheckCount(Path.GetDirectoryName(path)!);
                    known = new Entry(new OpenCatalog(path, _slots, _options.For(name), _time, _logger));
                    _open.Add(path, known);
                }

                known.Users++;
                known.LastUse = ++_uses;
                known.IsMade |= exists;
                CloseIdle(gone);
                known.Catalog.Host.Take(call);
                known.Catalog.Content.Notice(isPut: false);
                return new CatalogLease(known.Catalog, () => Release(path, known));
            }
        }
        finally
        {
            await CloseAsync(gone).ConfigureAwait(false);
        }
    }

    /// <summary>Deletes a catalogue with everything in it.</summary>
    /// <exception cref="EdgeHostException"><see cref="ErrorCode.InvalidArgument"/>: nothing can be called so; <see cref="ErrorCode.NotFound"/>: the app has none of that name.</exception>
    public async ValueTask DeleteAsync(AppIdentity app, string name)
    {
        if (!AppFiles.IsName(name) || PathOf(app, name) is not { } path || !File.Exists(path)) throw new EdgeHostException(ErrorCode.NotFound, $"This app has no catalogue '{name}'.");
        Entry? known;
        lock (_gate) _open.Remove(path, out known);
        if (known is not null) await known.Catalog.DisposeAsync().ConfigureAwait(false);
        PluginDatabase.Delete(path);
        if (Directory.Exists(OpenCatalog.FolderOf(path))) Directory.Delete(OpenCatalog.FolderOf(path), recursive: true);
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        Entry[] entries;
        Task swept;
        lock (_gate)
        {
            _isStopped = true;
            entries = [.. _open.Values];
            _open.Clear();
            swept = _swept;
        }

        await _sweep.DisposeAsync().ConfigureAwait(false);
        await swept.ConfigureAwait(false);

        await CloseAsync(entries.Select(static entry => entry.Catalog)).ConfigureAwait(false);
    }

    private string PathOf(AppIdentity app, string name) => Path.Combine(_storage.FolderOf(app), Folder, name + Extension);

    private void CheckCount(string folder)
    {
        if (!Directory.Exists(folder) || Directory.EnumerateFiles(folder, $"*{Extension}").Count() < _options.MaxCatalogs) return;
        throw Limits.Reached("catalogues of an app", _options.MaxCatalogs, "max_catalogs", "Forget one ('everything')");
    }

    private void Release(string path, Entry entry)
    {
        lock (_gate)
        {
            entry.Users--;
            entry.IsMade |= File.Exists(path);
        }
    }

    // Closes the catalogues that the host deleted with everything of their app, so that nothing of them stays in memory until somebody asks.
    private void Sweep()
    {
        lock (_gate)
        {
            if (_isStopped || !_swept.IsCompleted) return;
            var gone = _open.Where(static x => x.Value.IsMade && !File.Exists(x.Key)).ToArray();
            foreach (var (path, _) in gone) _open.Remove(path);
            if (gone.Length > 0) _swept = Task.Run(() => CloseAsync(gone.Select(static x => x.Value.Catalog)));
        }
    }

    private static async Task CloseAsync(IEnumerable<OpenCatalog> catalogs)
    {
        foreach (var catalog in catalogs) await catalog.DisposeAsync().ConfigureAwait(false);
    }

    private void CloseIdle(List<OpenCatalog> gone)
    {
        while (_open.Count > _options.MaxOpen)
        {
            var idle = _open.Where(static x => x.Value.Users == 0 && !x.Value.Catalog.Builds.IsBusy && !x.Value.Catalog.Content.IsBusy).OrderBy(static x => x.Value.LastUse).FirstOrDefault();
            if (idle.Value is null) return;
            _open.Remove(idle.Key);
            gone.Add(idle.Value.Catalog);
        }
    }

    private sealed class Entry(OpenCatalog catalog)
    {
        public OpenCatalog Catalog => catalog;

        public int Users { get; set; }

        public long LastUse { get; set; }

        /// <summary>Whether its file was there once.</summary>
        public bool IsMade { get; set; }
    }
}
