using Microsoft.Extensions.Logging;

namespace EdgeHost.PluginHost.Loading;

/// <summary>
/// Watches unloaded contexts of one plugin until the collector has taken them. Only looks made after a further full collection count,
/// because an idle process may not collect for hours and that is no leak. Thread-safe.
/// </summary>
internal sealed class UnloadWatch(int leakCollections, Func<int> fullCollections, ILogger logger)
{
    private readonly Lock _gate = new();
    private readonly List<Entry> _entries = [];

    /// <summary>Contexts not collected yet.</summary>
    public int Alive
    {
        get
        {
            lock (_gate) return _entries.Count(entry => entry.Context.IsAlive);
        }
    }

    /// <summary>Contexts that outlived the allowed number of collections.</summary>
    public int Leaked
    {
        get
        {
            lock (_gate) return _entries.Count(entry => entry.IsReported && entry.Context.IsAlive);
        }
    }

    /// <summary>Watches a context whose unload was started.</summary>
    /// <param name="context">Dies with it.</param>
    /// <param name="version">The plugin's version, for the report.</param>
    /// <param name="collected">Called once when it is gone.</param>
    public void Add(WeakReference context, string version, Action collected)
    {
        lock (_gate) _entries.Add(new Entry(context, version, collected, fullCollections()));
    }

    /// <summary>Looks once.</summary>
    public void Check()
    {
        List<Entry>? gone = null;
        lock (_gate)
        {
            var collections = fullCollections();
            for (var i = _entries.Count - 1; i >= 0; i--)
            {
                var entry = _entries[i];
                if (!entry.Context.IsAlive)
                {
                    _entries.RemoveAt(i);
                    (gone ??= []).Add(entry);
                }
                else if (!entry.IsReported && collections - entry.Collections >= leakCollections)
                {
                    entry.IsReported = true;
                    logger.LogWarning(
                        "Version {Version} was unloaded but its code is still in memory after {Collections} full collections. A static event handler, timer, thread or cache of the plugin holds it.",
                        entry.Version,
                        collections - entry.Collections);
                }
            }
        }

        foreach (var entry in gone ?? []) entry.Collected();
    }

    private sealed class Entry(WeakReference context, string version, Action collected, int collections)
    {
        public WeakReference Context => context;

        public string Version => version;

        public Action Collected => collected;

        public int Collections => collections;

        public bool IsReported { get; set; }
    }
}
