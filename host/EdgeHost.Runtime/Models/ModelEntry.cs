using EdgeHost.PluginSdk;
using EdgeHost.Runtime.Devices;
using EdgeHost.Runtime.Engines;

namespace EdgeHost.Runtime.Models;

/// <summary>One model in the pool or on its way out. Mutable members are guarded by the pool's lock.</summary>
internal sealed class ModelEntry
{
    private int _runs;

    public ModelEntry(ModelKey key, ModelArtifact artifact, DeviceDescription device, ModelHistory history, string why)
    {
        Key = key;
        Artifact = artifact;
        Device = device;
        History = history;
        Why = why;
        Reason = "loading for its first lease";
        Name = $"{artifact.Id}@{artifact.Version}";
    }

    public ModelKey Key { get; }

    public ModelArtifact Artifact { get; }

    public DeviceDescription Device { get; }

    public ModelHistory History { get; }

    /// <summary><c>id@version</c>.</summary>
    public string Name { get; }

    /// <summary>Why this device.</summary>
    public string Why { get; }

    public ModelState State { get; set; }

    public string Reason { get; set; }

    /// <summary>Whether new leases find it; false once it left.</summary>
    public bool IsInPool { get; set; }

    /// <summary>Leases, waiters for the load, queued and running steps, reads of files. The session lives while it is above zero.</summary>
    public int References { get; set; }

    public int Leases { get; set; }

    /// <summary>
    /// Whether the pool itself is at the session, to give its buffers back. Keeps the session alive, but not resident: it is no reason to refuse a load.
    /// </summary>
    public bool IsInUpkeep { get; set; }

    /// <summary>Whether nobody refers to it any more and its memory is being freed.</summary>
    public bool IsLeaving { get; set; }

    /// <summary>Whether its device is out of order, so that nobody knows when its memory will be free; no load waits for it.</summary>
    public bool IsStuck { get; set; }

    /// <summary>Whether its bytes are counted among the leaving ones.</summary>
    public bool CountsAsFree { get; set; }

    /// <summary>Bytes charged to the budget.</summary>
    public long Bytes => SessionBytes + FileBytes;

    /// <summary>Reserved while loading, measured afterwards.</summary>
    public long SessionBytes { get; set; }

    public long FileBytes { get; set; }

    /// <summary>What the session measured last.</summary>
    public SessionMemory Memory { get; set; }

    public string Origin { get; set; } = string.Empty;

    /// <summary>Whether its buffers were given back since it was last used.</summary>
    public bool IsWorkingMemoryReleased { get; set; }

    /// <summary>Who pins it.</summary>
    public IReadOnlyList<string> PinnedBy { get; set; } = [];

    public long Uses { get; set; }

    /// <summary>Its rank for eviction; the lowest leaves first.</summary>
    public double Rank { get; set; }

    public IEngineSession? Session { get; set; }

    public ModelDescription? Description { get; set; }

    /// <summary>Side files read so far; a failed read is taken out.</summary>
    public Dictionary<string, Task<ReadOnlyMemory<byte>>> Files { get; } = new(StringComparer.Ordinal);

    /// <summary>Ends with the load.</summary>
    public TaskCompletionSource Loaded { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Ends when loads that were given its bytes may go on: its memory is free, or nobody knows when it will be.</summary>
    public TaskCompletionSource Settled { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Ends when its memory is free.</summary>
    public TaskCompletionSource Gone { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Whether the engine was asked to load it; before, it waits for memory to become free.</summary>
    public bool HasLoadBegun { get; set; }

    public CancellationTokenSource LoadCancellation { get; } = new();

    /// <summary>Whether nobody uses it, so that it may go where it is not pinned.</summary>
    public bool IsIdle => State == ModelState.Resident && References == 0;

    /// <summary>Whether it may be evicted for another.</summary>
    public bool IsEvictable => IsIdle && PinnedBy.Count == 0;

    /// <summary>Counts a run. Without the lock: every run comes here.</summary>
    /// <returns>How many there were, this one included.</returns>
    public int CountRun() => Interlocked.Increment(ref _runs);
}
