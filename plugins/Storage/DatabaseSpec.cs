namespace EdgeHost.Plugins.Storage;

/// <summary>A database as its plugin wants it. Immutable.</summary>
public sealed record DatabaseSpec
{
    /// <summary>The file; its folder is made (0700) if it is not there. The disk must be local.</summary>
    public required string Path { get; init; }

    /// <summary>The tables.</summary>
    public required DatabaseSchema Schema { get; init; }

    /// <summary>How errors speak of it.</summary>
    public required DatabaseWords Words { get; init; }

    /// <summary>Calls that are served or wait at once before a further one is refused; at least 1, by default 64.</summary>
    public int QueueLimit { get; init; } = 64;

    /// <summary>What the file may grow to in bytes, from 64 KiB on; by default as the disk allows.</summary>
    public long? MaxBytes { get; init; }

    /// <summary>How long to wait for another version of the plugin to let go of the file; by default 10 s. A process that merely looks at the file is waited for 2 s at most.</summary>
    public TimeSpan LockTimeout { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>After how long without use the file is closed, so that another version of the plugin can have it; by default 5 s.</summary>
    public TimeSpan IdleTimeout { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>Called before the file is made, for what must be there first; does nothing by default.</summary>
    public Action BeforeCreation { get; init; } = static () => { };
}
