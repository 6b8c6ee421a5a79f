using System.Security.Cryptography;
using System.Text;
using EdgeHost.Plugins.Language.Generation.Caching;
using EdgeHost.Plugins.Language.Generation.Models;
using EdgeHost.PluginSdk;

namespace EdgeHost.Plugins.Language.Generation.Sessions;

/// <summary>
/// Keeps what models have read of apps' conversations: in memory up to a limit, those that were used longest ago as files of their apps, which the host deletes with what else is of the app. What becomes of a
/// session changes times, never answers. Thread-safe.
/// </summary>
internal sealed class SessionStore(IPluginStorage storage, GenerationOptions options) : IDisposable
{
    private const string Folder = "sessions";
    private const string Extension = ".kv";
    private const int MostWritten = 1_024;

    private readonly AppFiles _files = new(storage, Folder, Extension);
    private readonly Lock _gate = new();
    private readonly LinkedList<Entry> _order = new();

    // What is in the files that were written, by a hash: a session that did not change is not written again.
    private readonly Dictionary<string, string> _written = new(StringComparer.Ordinal);
    private long _bytes;

    /// <summary>Bytes of the sessions in memory.</summary>
    public long Bytes
    {
        get
        {
            lock (_gate) return _bytes;
        }
    }

    /// <summary>Finds how much of a text a session has read.</summary>
    /// <param name="app">Whose session.</param>
    /// <param name="name">Its name.</param>
    /// <param name="model">The model.</param>
    /// <param name="lease">Gives the memory.</param>
    /// <param name="prompt">The text.</param>
    /// <returns>A row to be disposed, or null for nothing.</returns>
    public CacheRow? Find(AppIdentity app, string name, GenerationModel model, IModelLease lease, IReadOnlyList<int> prompt)
    {
        lock (_gate)
        {
            if (FindEntry(app, name) is { } node)
            {
                _order.Remove(node);
                _order.AddFirst(node);
                return node.Value.Session.Model == model.Name ? Part(node.Value.Session, prompt) : null;
            }
        }

        return FromFile(app, name, model, lease, prompt);
    }

    /// <summary>Keeps a session, in place of the one of its name; those for which there is no memory become files.</summary>
    /// <param name="app">Whose session.</param>
    /// <param name="name">Its name.</param>
    /// <param name="model">The model.</param>
    /// <param name="lease">Gives the memory.</param>
    /// <param name="tokens">The text.</param>
    /// <param name="read">What the model has read of it; stays the caller's.</param>
    public void Keep(AppIdentity app, string name, GenerationModel model, IModelLease lease, IReadOnlyList<int> tokens, CacheRow read)
    {
        if (IsWritten(app, name, model, tokens, read.Length)) return;
        var session = Copy(model, lease, tokens, read);
        var leaving = new List<Entry>();
        lock (_gate)
        {
            if (FindEntry(app, name) is { } old) Remove(old).Session.Read.Dispose();
            _order.AddFirst(new Entry(app, name, model, session));
            _bytes += session.Bytes;
            while (_bytes > options.SessionBytes && _order.Last is { } last) leaving.Add(Remove(last));
        }

        foreach (var entry in leaving) Save(entry);
    }

    /// <summary>Writes all sessions to their files.</summary>
    public void Dispose()
    {
        List<Entry> all;
        lock (_gate)
        {
            all = [.. _order];
            _order.Clear();
            _bytes = 0;
        }

        foreach (var entry in all) Save(entry);
    }

    private bool IsWritten(AppIdentity app, string name, GenerationModel model, IReadOnlyList<int> tokens, int count)
    {
        lock (_gate)
        {
            if (FindEntry(app, name) is not null || !_written.TryGetValue(KeyOf(app, name), out var hash) || hash != HashOf(model.Name, tokens.Take(count))) return false;
        }

        // The host, and the limit of bytes, may have taken it.
        return _files.Names(app).Contains(name);
    }

    private static string KeyOf(AppIdentity app, string name) => $"{app.UserId}\n{app.Name}\n{name}";

    private static string HashOf(string model, IEnumerable<int> tokens) => Convert.ToHexString(SHA256.HashData([.. Encoding.UTF8.GetBytes(model), .. tokens.SelectMany(BitConverter.GetBytes)]));

    private static CacheRow? Part(TextSession session, IReadOnlyList<int> prompt)
        => session.Common(prompt) is > 0 and var count ? session.Read.Group.Take(session.Read.Row, session.Read.Start, count) : null;

    private CacheRow? FromFile(AppIdentity app, string name, GenerationModel model, IModelLease lease, IReadOnlyList<int> prompt)
    {
        try
        {
            if (_files.Read(app, name) is not { } file || SessionFile.Read(model.Graph, model.Name, lease, file) is not { } session) return null;
            using var read = session.Read;
            return Part(session, prompt);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or EdgeHostException { Code: ErrorCode.ResourceExhausted })
        {
            // It is read anew from its text.
            return null;
        }
    }

    // A copy of its own, as long as it is, so that what its row shares with others can be freed.
    private static TextSession Copy(GenerationModel model, IModelLease lease, IReadOnlyList<int> tokens, CacheRow read)
    {
        var group = CacheTensors.Create(model.Graph, lease, 1, read.Length);
        CacheTensors.Copy(model.Graph, read, 0, read.Length, group, 0, 0);
        return new TextSession(model.Name, [.. tokens.Take(read.Length)], group.Take(0, 0, read.Length), read.Length * model.Graph.BytesPerToken);
    }

    private LinkedListNode<Entry>? FindEntry(AppIdentity app, string name)
    {
        for (var node = _order.First; node is not null; node = node.Next)
        {
            if (node.Value.Name == name && node.Value.App.Name == app.Name && node.Value.App.UserId == app.UserId) return node;
        }

        return null;
    }

    private Entry Remove(LinkedListNode<Entry> node)
    {
        _order.Remove(node);
        _bytes -= node.Value.Session.Bytes;
        return node.Value;
    }

    private void Save(Entry entry)
    {
        using var read = entry.Session.Read;
        if (entry.Session.Bytes > Math.Min(options.SessionDiskBytes, int.MaxValue / 2)) return;
        try
        {
            _files.Write(entry.App, entry.Name, SessionFile.Write(entry.Model.Graph, entry.Session));
            DropOldest(entry.App);
            lock (_gate)
            {
                if (_written.Count >= MostWritten) _written.Clear();
                _written[KeyOf(entry.App, entry.Name)] = HashOf(entry.Session.Model, entry.Session.Tokens);
            }
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or EdgeHostException { Code: ErrorCode.ResourceExhausted })
        {
            // A disk that is full costs time later, and no answer now.
            lock (_gate) _written.Remove(KeyOf(entry.App, entry.Name));
            _files.Delete(entry.App, entry.Name);
        }
    }

    private void DropOldest(AppIdentity app)
    {
        var files = new DirectoryInfo(Path.Combine(storage.FolderOf(app), Folder)).EnumerateFiles($"*{Extension}").OrderByDescending(static file => file.LastWriteTimeUtc).ToList();
        var bytes = 0L;
        foreach (var file in files)
        {
            bytes += file.Length;
            if (bytes > options.SessionDiskBytes) file.Delete();
        }
    }

    private sealed record Entry(AppIdentity App, string Name, GenerationModel Model, TextSession Session);
}
