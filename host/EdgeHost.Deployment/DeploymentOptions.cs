using System.ComponentModel.DataAnnotations;
using EdgeHost.Deployment.Gates;

namespace EdgeHost.Deployment;

/// <summary>How versions of models that were made here are kept and tried. Read once, when the host starts.</summary>
public sealed class DeploymentOptions
{
    /// <summary>The configuration section.</summary>
    public const string SectionName = "Deployment";

    /// <summary>The folder of the versions and their records; <c>deployment</c> in the home folder unless another is named. Its disk must be local.</summary>
    public string Folder { get; set; } = Path.Combine(EdgeHostPaths.Home, "deployment");

    /// <summary>Whether the host promotes and rolls back by itself when gates pass and fail; by default true. Otherwise it only measures.</summary>
    public bool IsAutomatic { get; set; } = true;

    /// <summary>Versions of a model and scope whose files are kept besides those that serve or are tried; 0 to 100, by default 2. A rollback needs one.</summary>
    [Range(0, 100)]
    public int KeptVersions { get; set; } = 2;

    /// <summary>Versions with files of one app, or of the device; 1 to 10,000, by default 64.</summary>
    [Range(1, 10_000)]
    public int MaxAppVersions { get; set; } = 64;

    /// <summary>Bytes of versions of one app, or of the device; 1 MiB to 1 TiB, by default 2 GiB.</summary>
    [Range(1L << 20, 1L << 40)]
    public long MaxAppBytes { get; set; } = 2L << 30;

    /// <summary>Bytes of one version's files; 64 KiB to 2 GiB, by default 1 GiB.</summary>
    [Range(64L << 10, 2L << 30)]
    public long MaxVersionBytes { get; set; } = 1L << 30;

    /// <summary>Characters of a version's lineage; 1000 to 10,000,000, by default 262,144.</summary>
    [Range(1000, 10_000_000)]
    public int MaxLineageLength { get; set; } = 256 << 10;

    /// <summary>Records of versions of a model and scope, also of those whose files have gone; 10 to 100,000, by default 1000. The oldest goes first.</summary>
    [Range(10, 100_000)]
    public int MaxRecords { get; set; } = 1000;

    /// <summary>Decisions that the history of a model and scope keeps; 100 to 1,000,000, by default 5000. The oldest goes first.</summary>
    [Range(100, 1_000_000)]
    public int MaxHistory { get; set; } = 5000;

    /// <summary>Bytes of the disk that versions leave free; 0 to 1 TiB, by default 64 MiB.</summary>
    [Range(0L, 1L << 40)]
    public long FreeSpaceReserveBytes { get; set; } = 64L << 20;

    /// <summary>Calls that wait for the records at once before a further one is refused; 1 to 10,000, by default 64.</summary>
    [Range(1, 10_000)]
    public int QueueLimit { get; set; } = 64;

    /// <summary>How long to wait for another process that writes to the records; 1 s to 5 minutes, by default 10 s.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "00:05:00")]
    public TimeSpan LockTimeout { get; set; } = TimeSpan.FromSeconds(10);

    /// <summary>How often files that nobody needs are removed; 1 s to 1 day, by default 10 minutes.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "1.00:00:00")]
    public TimeSpan UpkeepInterval { get; set; } = TimeSpan.FromMinutes(10);

    /// <summary>Folders of versions that are removed in one go; 1 to 1000, by default 8.</summary>
    [Range(1, 1000)]
    public int UpkeepBatch { get; set; } = 8;

    /// <summary>How often trials are judged while there are any; 100 ms to 1 hour, by default 5 s.</summary>
    [Range(typeof(TimeSpan), "00:00:00.100", "01:00:00")]
    public TimeSpan JudgeInterval { get; set; } = TimeSpan.FromSeconds(5);

    /// <summary>The share of calls that a canary serves; 0.001 to 1, by default 0.1.</summary>
    [Range(0.001, 1.0)]
    public double CanaryShare { get; set; } = 0.1;

    /// <summary>How long a version is watched after it took over; 1 s to 365 days, by default a day.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "365.00:00:00")]
    public TimeSpan WatchWindow { get; set; } = TimeSpan.FromDays(1);

    /// <summary>How long a version is tried before it is given up for want of calls; 1 minute to 3650 days, by default 30 days.</summary>
    [Range(typeof(TimeSpan), "00:01:00", "3650.00:00:00")]
    public TimeSpan TrialLifetime { get; set; } = TimeSpan.FromDays(30);

    /// <summary>Steps a second that are run again in shadow, over all models; 0 (none) to 10,000, by default 10.</summary>
    [Range(0.0, 10_000.0)]
    public double ShadowRate { get; set; } = 10;

    /// <summary>Steps that wait to be run again in shadow; 1 to 1000, by default 4. A further one is dropped.</summary>
    [Range(1, 1000)]
    public int ShadowQueueLength { get; set; } = 4;

    /// <summary>Bytes of inputs and outputs of a step that is run again in shadow; 1 KiB to 256 MiB, by default 4 MiB. A larger one is dropped.</summary>
    [Range(1L << 10, 256L << 20)]
    public long MaxShadowBytes { get; set; } = 4L << 20;

    /// <summary>How long a step in shadow may wait and run; 100 ms to 10 minutes, by default 30 s. It is dropped then.</summary>
    [Range(typeof(TimeSpan), "00:00:00.100", "00:10:00")]
    public TimeSpan ShadowTimeout { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>What a version must show that brings no rule of its own.</summary>
    public GateOptions Gate { get; set; } = new();
}
