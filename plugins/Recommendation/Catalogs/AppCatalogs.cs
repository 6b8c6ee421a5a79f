using EdgeHost.Plugins.Storage;
using EdgeHost.PluginSdk;
using Microsoft.Extensions.Logging;

namespace EdgeHost.Plugins.Recommendation.Catalogs;

/// <summary>
/// The catalogues of all apps, a database and a folder of models each, in the folder that the host keeps for the app and deletes with everything of it. Those used of late are in memory. Thread-safe.
/// </summary>
internal sealed class AppCatalogs(IPluginStorage storage, RecommendationOptions options, TimeProvider time, ILogger<AppCatalogs> logger) : IAsyncDisposable
{
    private const string Folder = "catalogs";
    private const string Extension = ".db";

    private readonly Lock _gate = new();
    private readonly Dictionary<string, Entry> _open = new(StringComparer.Ordinal);

    // Never disposed, as it holds nothing of the system.
    private readonly SemaphoreSlim _slots = new(options.MaxBuilds, options.MaxBuilds);
    private long _uses;
    private bool _isStopped;

    /// <summary>Opens a catalogue for a call.</summary>
    /// <param name="app">Whose it is.</param>
    /// <param name="name">Its name.</param>
    /// <param name="creates">Whether it is made if it is not there.</param>
    /// <exception cref="EdgeHostException"><see cref="ErrorCode.InvalidArgument"/>: it cannot be called so; <see cref="ErrorCode.NotFound"/>: the app has none of that name;
    /// <see cref="ErrorCode.ResourceExhausted"/>: the app has too many.</exception>
    public async ValueTask<CatalogLease> OpenAsync(AppIdentity app, string name, bool creates)
    {
        if (!AppFiles.IsName(name)) throw new EdgeHostException(ErrorCode.InvalidArgument, "'catalog' must have 1 to 64 characters of a-z 0-9 _ -.");
        var path = PathOf(app, name);
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
                    known = new Entry(new OpenCatalog(path, _slots, options, time, logger));
                    _open.Add(path, known);
                }

                known.Users++;
                known.LastUse = ++_uses;
                known.IsMade |= exists;
                CloseIdle(gone);
                return new CatalogLease(known.Catalog, () => Release(path, known));
            }
        }
        finally
        {
            foreach (var catalog in gone) await catalog.DisposeAsync().ConfigureAwait(false);
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
        lock (_gate)
        {
            _isStopped = true;
            entries = [.. _open.Values];
            _open.Clear();
        }

        foreach (var entry in entries) await entry.Catalog.DisposeAsync().ConfigureAwait(false);
    }

    private string PathOf(AppIdentity app, string name) => Path.Combine(storage.FolderOf(app), Folder, name + Extension);

    private void CheckCount(string folder)
    {
        if (!Directory.Exists(folder) || Directory.EnumerateFiles(folder, $"*{Extension}").Count() < options.MaxCatalogs) return;
        throw Limits.Reached("catalogues of an app", options.MaxCatalogs, "max_catalogs", "Forget one ('everything')");
    }

    private void Release(string path, Entry entry)
    {
        lock (_gate)
        {
            entry.Users--;
            entry.IsMade |= File.Exists(path);
        }
    }

    private void CloseIdle(List<OpenCatalog> gone)
    {
        while (_open.Count > options.MaxOpen)
        {
            var idle = _open.Where(static x => x.Value.Users == 0 && !x.Value.Catalog.Builds.IsBusy).OrderBy(static x => x.Value.LastUse).FirstOrDefault();
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
