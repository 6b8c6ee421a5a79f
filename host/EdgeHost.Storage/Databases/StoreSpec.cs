namespace EdgeHost.Storage.Databases;

/// <summary>A database as its owner wants it. Immutable.</summary>
public sealed record StoreSpec
{
    /// <summary>The folder, which is made with the first use and only its owner reads. Its disk must be local.</summary>
    public required string Folder { get; init; }

    /// <summary>The file's name in the folder.</summary>
    public required string FileName { get; init; }

    /// <summary>The tables.</summary>
    public required StoreSchema Schema { get; init; }

    /// <summary>How errors speak of it.</summary>
    public required StoreWords Words { get; init; }

    /// <summary>Calls that are served or wait at once before a further one is refused; at least 1, by default 64.</summary>
    public int QueueLimit { get; init; } = 64;

    /// <summary>How long to wait for another process that writes; by default 10 s.</summary>
    public TimeSpan LockTimeout { get; init; } = TimeSpan.FromSeconds(10);
}
