using EdgeHost.Storage.Databases;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace EdgeHost.Learning.Storage;

/// <summary>The database of what a device learns from, and the files beside it; what uses it is in this project. Opened by its first use. Thread-safe.</summary>
public sealed class LearningDatabase : IDisposable
{
    private readonly StoreDatabase _store;

    /// <summary>Creates it; opens nothing.</summary>
    public LearningDatabase(IOptions<LearningOptions> options, TimeProvider time, ILogger<LearningDatabase> logger)
    {
        ArgumentNullException.ThrowIfNull(options);
        var folder = options.Value.Folder;
        _store = new StoreDatabase(
            new StoreSpec
            {
                Folder = folder,
                FileName = "learning.db",
                Schema = LearningSchema.Newest,
                Words = new StoreWords
                {
                    Subject = "examples",
                    Unchanged = "nothing of this call was kept, what was recorded before is safe",
                    Damage = "nothing is recorded",
                    MakeRoom = "Free some space, or delete examples with training.delete.",
                    WhenCrowded = "Try again, with more examples a call.",
                },
                QueueLimit = options.Value.QueueLimit,
                LockTimeout = options.Value.LockTimeout,
            },
            time,
            logger);
        Blobs = new BlobFolder(Path.Combine(folder, "blobs"));
    }

    /// <summary>Whether anything was ever recorded here.</summary>
    public bool Exists => _store.Exists;

    /// <inheritdoc cref="StoreDatabase.Failures"/>
    internal long Failures => _store.Failures;

    /// <inheritdoc cref="StoreDatabase.Errors"/>
    internal StoreErrors Errors => _store.Errors;

    /// <inheritdoc cref="StoreDatabase.FilePath"/>
    internal string FilePath => _store.FilePath;

    /// <summary>The files of large contents.</summary>
    internal BlobFolder Blobs { get; }

    /// <inheritdoc/>
    public void Dispose() => _store.Dispose();

    /// <inheritdoc cref="StoreDatabase.ReadAsync"/>
    internal Task<T> ReadAsync<T>(Func<StoreConnection, T> work, CancellationToken cancellationToken) => _store.ReadAsync(work, cancellationToken);

    /// <inheritdoc cref="StoreDatabase.WriteAsync{T}(Func{StoreConnection, T}, CancellationToken)"/>
    internal Task<T> WriteAsync<T>(Func<StoreConnection, T> work, CancellationToken cancellationToken) => _store.WriteAsync(work, cancellationToken);

    /// <inheritdoc cref="StoreDatabase.CheckpointAsync"/>
    internal Task<bool> CheckpointAsync(CancellationToken cancellationToken) => _store.CheckpointAsync(cancellationToken);
}
