namespace EdgeHost.Runtime.Models;

/// <summary>What the pool remembers of a model on a device beyond its stay. Guarded by the pool's lock.</summary>
internal sealed class ModelHistory
{
    public long Hits { get; set; }

    public long Loads { get; set; }

    public long Evictions { get; set; }

    /// <summary>Bytes as measured after the last load; 0 before it.</summary>
    public long LoadedBytes { get; set; }

    /// <summary>The most bytes that its session ever took, arena included; 0 before the first load.</summary>
    public long PeakBytes { get; set; }

    public TimeSpan LoadTime { get; set; }

    public DateTimeOffset LastUsed { get; set; }

    /// <summary>The graph's hash that the bytes and failures belong to; another one starts afresh.</summary>
    public string Sha256 { get; set; } = string.Empty;

    /// <summary>Why the last load failed; null after one that succeeded.</summary>
    public EdgeHostException? Failure { get; set; }

    /// <summary>Failures in a row.</summary>
    public int Failures { get; set; }

    /// <summary>Before this no other load is tried: the failure was the model's own.</summary>
    public DateTimeOffset RetryAt { get; set; }

    /// <summary>Forgets what was learned of other files under the same name.</summary>
    public void StartWith(string sha256)
    {
        if (Sha256 == sha256) return;
        Sha256 = sha256;
        LoadedBytes = 0;
        PeakBytes = 0;
        LoadTime = TimeSpan.Zero;
        ForgetFailure();
    }

    public void ForgetFailure()
    {
        Failure = null;
        Failures = 0;
        RetryAt = default;
    }

    public void Measured(long bytes) => PeakBytes = Math.Max(PeakBytes, bytes);
}
