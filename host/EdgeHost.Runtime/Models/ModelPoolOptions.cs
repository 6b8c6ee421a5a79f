using System.ComponentModel.DataAnnotations;

namespace EdgeHost.Runtime.Models;

/// <summary>Limits of the model pool.</summary>
public sealed class ModelPoolOptions
{
    /// <summary>The least budget: 1 MiB.</summary>
    public const long MinBudgetBytes = 1L << 20;

    /// <summary>
    /// Bytes for all resident models, their sessions and their side files. At least 1 MiB; null (the default) takes half of the machine's
    /// memory or of the cgroup's limit, whichever is smaller.
    /// </summary>
    [Range(MinBudgetBytes, long.MaxValue)]
    public long? BudgetBytes { get; set; }

    /// <summary>The largest value that a plugin may create, in bytes. 1 KiB to 2 GiB - 1, default 256 MiB.</summary>
    [Range(1L << 10, int.MaxValue)]
    public long MaxValueBytes { get; set; } = 256L << 20;

    /// <summary>The largest side file of a model that is read into memory, in bytes. 1 KiB to 2 GiB - 1, default 64 MiB.</summary>
    [Range(1L << 10, int.MaxValue)]
    public long MaxFileBytes { get; set; } = 64L << 20;

    /// <summary>A model that nobody leased for this long leaves. 1 s to 30 days; null (the default) keeps it until the memory is needed.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "30.00:00:00")]
    public TimeSpan? IdleTimeout { get; set; }

    /// <summary>
    /// Bytes added to 1.5 times the files' size where a model's memory is not known yet: a session's own structures.
    /// 0 to 1 GiB, default 8 MiB.
    /// </summary>
    [Range(0, 1L << 30)]
    public long SessionOverheadBytes { get; set; } = 8L << 20;
}
