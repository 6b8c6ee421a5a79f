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

    /// <summary>
    /// Created values and outputs of this size and more count against the budget while they live. 64 KiB to 2 GiB - 1, default 1 MiB: below it, counting
    /// would cost more than it tells.
    /// </summary>
    [Range(64L << 10, int.MaxValue)]
    public long LargeValueBytes { get; set; } = 1L << 20;

    /// <summary>
    /// A model that was idle for this long gives the buffers that it keeps between runs back to the system. 100 ms to 1 day, default 10 s: longer than the
    /// pauses inside one person's use, so that the next call does not pay for new ones.
    /// </summary>
    [Range(typeof(TimeSpan), "00:00:00.1", "1.00:00:00")]
    public TimeSpan WorkingMemoryIdleTime { get; set; } = TimeSpan.FromSeconds(10);

    /// <summary>Ids of models (<c>id</c> or <c>id@version</c>) that are loaded at the start and stay. Default none.</summary>
    public IList<string> Pins { get; } = [];

    /// <summary>The share of the configured budget that pinned models may take together. 0 to 1, default 0.75: the rest must be able to serve everything else.</summary>
    [Range(0.0, 1.0)]
    public double MaxPinnedShare { get; set; } = 0.75;

    /// <summary>
    /// The share of the configured budget below which memory pressure does not push the effective one. 0.01 to 1, default 0.25: with less, calls would fail
    /// for want of a model that the machine can well hold.
    /// </summary>
    [Range(0.01, 1.0)]
    public double MinPressureShare { get; set; } = 0.25;

    /// <summary>
    /// After memory pressure the effective budget grows back by a tenth of the configured one each time this passed; while pressure lasts, it shrinks again
    /// each time. 1 s to 1 h, default 10 s.
    /// </summary>
    [Range(typeof(TimeSpan), "00:00:01", "01:00:00")]
    public TimeSpan GrowBackInterval { get; set; } = TimeSpan.FromSeconds(10);

    /// <summary>
    /// The first caller after a failed load tries again at once; if the model itself is at fault again, further tries wait this long, twice as long after each
    /// failure. Callers meanwhile get the recorded error. 10 ms to 1 h, default 1 s.
    /// </summary>
    [Range(typeof(TimeSpan), "00:00:00.01", "01:00:00")]
    public TimeSpan FailedLoadPause { get; set; } = TimeSpan.FromSeconds(1);

    /// <summary>The longest such pause, also between attempts to take over a new version. 10 ms to 1 day, default 30 s.</summary>
    [Range(typeof(TimeSpan), "00:00:00.01", "1.00:00:00")]
    public TimeSpan MaxFailedLoadPause { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>
    /// A load that takes longer is given up: on an NPU or GPU as a fault of the device, so that the model is loaded elsewhere; on the processor as a fault of
    /// the model. 1 s to 1 day, default 5 min: a large model from a slow disk takes one.
    /// </summary>
    [Range(typeof(TimeSpan), "00:00:01", "1.00:00:00")]
    public TimeSpan LoadTimeout { get; set; } = TimeSpan.FromMinutes(5);
}
