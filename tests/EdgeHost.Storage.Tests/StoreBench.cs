using EdgeHost.Storage.Databases;
using EdgeHost.TestKit;
using Microsoft.Extensions.Time.Testing;

namespace EdgeHost.Storage.Tests;

/// <summary>A store of notes in a folder of its own; several may be open on it, as in several processes.</summary>
internal sealed class StoreBench : IDisposable
{
    public const string Tables = "CREATE TABLE note (id INTEGER PRIMARY KEY AUTOINCREMENT, text TEXT, pages BLOB)";

    private readonly TempFolder _folder = new();
    private readonly List<StoreDatabase> _open = [];

    /// <summary>For a store whose wait for others the test ends; a real lock is otherwise waited for in real time.</summary>
    public FakeTimeProvider Time { get; } = new(new DateTimeOffset(2030, 1, 1, 0, 0, 0, TimeSpan.Zero));

    public RecordingLoggerFactory Log { get; } = new();

    public string Folder => _folder.Combine("home", "notes");

    public StoreDatabase Open(StoreSchema? schema = null, int queueLimit = 64, string? folder = null, TimeProvider? time = null)
    {
        var database = new StoreDatabase(
            new StoreSpec
            {
                Folder = folder ?? Folder,
                FileName = "notes.db",
                Schema = schema ?? new StoreSchema(Tables),
                Words = new StoreWords { Subject = "notes", Unchanged = "nothing was noted", Damage = "notes are lost", MakeRoom = "Tear some out.", WhenCrowded = "Write less." },
                QueueLimit = queueLimit,
                LockTimeout = TimeSpan.FromMinutes(1),
            },
            time ?? TimeProvider.System,
            Log.CreateLogger("notes"));
        _open.Add(database);
        return database;
    }

    /// <summary>Takes the lock for writing, as another process does, until it is disposed.</summary>
    public async Task<HeldLock> HoldAsync()
    {
        var (isHeld, release) = (new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously), new ManualResetEventSlim());
        var holding = Open().WriteAsync(
            _ =>
            {
                isHeld.SetResult();
                release.Wait();
                return 0;
            },
            default);
        await isHeld.Task;
        return new HeldLock(release, holding);
    }

    /// <summary>Lets time pass until a task has ended.</summary>
    public async Task PassAsync(Task task)
    {
        while (!task.IsCompleted)
        {
            Time.Advance(TimeSpan.FromSeconds(1));
            await Task.Yield();
        }
    }

    public void Dispose()
    {
        foreach (var database in _open) database.Dispose();
        _folder.Dispose();
    }

    internal sealed class HeldLock(ManualResetEventSlim release, Task holding) : IAsyncDisposable
    {
        public async ValueTask DisposeAsync()
        {
            release.Set();
            await holding;
            release.Dispose();
        }
    }
}
