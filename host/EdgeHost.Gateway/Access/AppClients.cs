using EdgeHost.Client;

namespace EdgeHost.Gateway.Access;

/// <summary>The connections of apps to the host, one for each key that is in use, so that rules, quotas and the audit log see the app itself. Thread-safe.</summary>
/// <param name="connect">Makes the client of a key; it may connect at its first call.</param>
/// <param name="most">Connections at a time.</param>
internal sealed class AppClients(Func<ApiKey, EdgeHostClient> connect, int most) : IAsyncDisposable
{
    private readonly Lock _gate = new();
    private readonly Dictionary<ApiKey, Entry> _entries = [];
    private long _clock;
    private bool _isDisposed;

    /// <summary>Takes the client of a key; dispose what it gives when the request has ended.</summary>
    /// <exception cref="EdgeHostException"><see cref="ErrorCode.ResourceExhausted"/>: all connections are in use by other apps;
    /// <see cref="ErrorCode.Unavailable"/>: the door closes.</exception>
    public async ValueTask<Use> TakeAsync(ApiKey key)
    {
        Entry? entry;
        EdgeHostClient? evicted = null;
        lock (_gate)
        {
            if (_isDisposed) throw new EdgeHostException(ErrorCode.Unavailable, "The host stops.");
            if (!_entries.TryGetValue(key, out entry))
            {
                if (_entries.Count >= most) evicted = Evict();
                _entries[key] = entry = new Entry(connect(key));
            }

            entry.Users++;
            entry.LastUse = ++_clock;
        }

        if (evicted is not null) await evicted.DisposeAsync().ConfigureAwait(false);
        return new Use(this, entry);
    }

    public async ValueTask DisposeAsync()
    {
        List<EdgeHostClient> clients;
        lock (_gate)
        {
            if (_isDisposed) return;
            _isDisposed = true;
            clients = [.. _entries.Values.Select(static entry => entry.Client)];
            _entries.Clear();
        }

        foreach (var client in clients) await client.DisposeAsync().ConfigureAwait(false);
    }

    private EdgeHostClient Evict()
    {
        var (key, entry) = _entries.Where(static pair => pair.Value.Users == 0).MinBy(static pair => pair.Value.LastUse);
        if (entry is null)
        {
            throw new EdgeHostException(
                ErrorCode.ResourceExhausted,
                $"{most} apps have requests under way, which is the limit ({GatewayOptions.SectionName}:{nameof(GatewayOptions.MaxApps)}). Try again later.");
        }

        _entries.Remove(key);
        return entry.Client;
    }

    private void Return(Entry entry)
    {
        lock (_gate)
        {
            entry.Users--;
        }
    }

    /// <summary>A client for as long as a request goes on.</summary>
    internal readonly struct Use(AppClients owner, Entry entry) : IDisposable
    {
        public EdgeHostClient Client => entry.Client;

        public void Dispose() => owner.Return(entry);
    }

    internal sealed class Entry(EdgeHostClient client)
    {
        public EdgeHostClient Client { get; } = client;

        public int Users { get; set; }

        public long LastUse { get; set; }
    }
}
