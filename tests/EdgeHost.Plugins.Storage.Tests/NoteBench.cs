using EdgeHost.TestKit;
using Microsoft.Extensions.Time.Testing;

namespace EdgeHost.Plugins.Storage.Tests;

/// <summary>A database of notes in a folder of its own; several may be made for it, as by several versions of a plugin.</summary>
internal sealed class NoteBench : IAsyncDisposable
{
    public const string Tables = "CREATE TABLE note (id INTEGER PRIMARY KEY AUTOINCREMENT, text TEXT, number REAL, bytes BLOB)";

    private readonly TempFolder _folder = new();
    private readonly List<PluginDatabase> _made = [];

    /// <summary>For waits that the test ends.</summary>
    public FakeTimeProvider Time { get; } = new(new DateTimeOffset(2030, 1, 1, 0, 0, 0, TimeSpan.Zero));

    public string Path => _folder.Combine("home", "notes.db");

    public PluginDatabase Open(TimeProvider? time = null, DatabaseSchema? schema = null, int queueLimit = 64, string? path = null, long? maxBytes = null, Action? beforeCreation = null)
    {
        var database = new PluginDatabase(
            new DatabaseSpec
            {
                Path = path ?? Path,
                Schema = schema ?? new DatabaseSchema(Tables),
                Words = new DatabaseWords { Subject = "notes", WhenFull = "The book is full. Tear some out.", WhenDamaged = "Buy another one.", WhenCrowded = "Write less." },
                QueueLimit = queueLimit,
                MaxBytes = maxBytes,
                BeforeCreation = beforeCreation ?? (static () => { }),
            },
            time ?? Time);
        _made.Add(database);
        return database;
    }

    /// <summary>Lets the time of waits pass until a call has ended.</summary>
    public async Task PassAsync(Task call)
    {
        while (!call.IsCompleted)
        {
            Time.Advance(TimeSpan.FromSeconds(1));
            await Task.Yield();
        }
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var database in _made) await database.DisposeAsync();
        _folder.Dispose();
    }
}
