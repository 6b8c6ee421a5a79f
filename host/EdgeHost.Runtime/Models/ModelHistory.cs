namespace EdgeHost.Runtime.Models;

/// <summary>What the pool remembers of a model beyond its stay. Guarded by the pool's lock.</summary>
internal sealed class ModelHistory
{
    public long Hits { get; set; }

    public long Loads { get; set; }

    public long Evictions { get; set; }

    /// <summary>Bytes as measured at the last load; 0 before it.</summary>
    public long MeasuredBytes { get; set; }

    public TimeSpan LoadTime { get; set; }

    public DateTimeOffset LastUsed { get; set; }

    /// <summary>Why the last load failed; null after one that succeeded.</summary>
    public string? Failure { get; set; }
}
