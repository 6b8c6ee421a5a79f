using System.ComponentModel.DataAnnotations;

namespace EdgeHost.Learning;

/// <summary>Where examples and feedback of apps are kept, and how much of them. Read once, when the store is created.</summary>
public sealed class LearningOptions
{
    /// <summary>The configuration section.</summary>
    public const string SectionName = "Learning";

    /// <summary>The folder of the database and its blobs; <c>learning</c> in the home folder unless another is named. Its disk must be local.</summary>
    public string Folder { get; set; } = Path.Combine(EdgeHostPaths.Home, "learning");

    /// <summary>The most bytes of one app's examples; 64 KiB to 1 TiB, by default 1 GiB. Equal contents of more than 4 KiB count once.</summary>
    [Range(64L << 10, 1L << 40)]
    public long MaxAppBytes { get; set; } = 1L << 30;

    /// <summary>The most examples of one app; 1 to 100,000,000, by default 200,000.</summary>
    [Range(1, 100_000_000)]
    public int MaxAppExamples { get; set; } = 200_000;

    /// <summary>The most datasets of one app; 1 to 10,000, by default 64.</summary>
    [Range(1, 10_000)]
    public int MaxAppDatasets { get; set; } = 64;

    /// <summary>The most bytes of one example; 1 KiB to 1 GiB, by default 32 MiB.</summary>
    [Range(1L << 10, 1L << 30)]
    public int MaxExampleBytes { get; set; } = 32 << 20;

    /// <summary>The most examples that one call records; 1 to 100,000, by default 1000.</summary>
    [Range(1, 100_000)]
    public int MaxBatch { get; set; } = 1000;

    /// <summary>How long an example is kept unless its dataset says less; 1 minute to 10 years, by default a year.</summary>
    [Range(typeof(TimeSpan), "00:01:00", "3650.00:00:00")]
    public TimeSpan Retention { get; set; } = TimeSpan.FromDays(365);

    /// <summary>Bytes of the disk that recording leaves free; 0 to 1 TiB, by default 64 MiB.</summary>
    [Range(0L, 1L << 40)]
    public long FreeSpaceReserveBytes { get; set; } = 64L << 20;

    /// <summary>Calls that wait for the database at once before a further one is refused; 1 to 10,000, by default 64.</summary>
    [Range(1, 10_000)]
    public int QueueLimit { get; set; } = 64;

    /// <summary>How long to wait for another process that writes to the database; 1 s to 5 minutes, by default 10 s.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "00:05:00")]
    public TimeSpan LockTimeout { get; set; } = TimeSpan.FromSeconds(10);

    /// <summary>How often expired examples, calls and unused files are removed; 1 s to 1 day, by default 10 minutes.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "1.00:00:00")]
    public TimeSpan UpkeepInterval { get; set; } = TimeSpan.FromMinutes(10);

    /// <summary>How many rows are removed in one go, so that nobody waits long for the database; 1 to 100,000, by default 500.</summary>
    [Range(1, 100_000)]
    public int UpkeepBatch { get; set; } = 500;

    /// <summary>The most bytes of preprocessed examples that are kept; 0 (none) to 1 TiB, by default 256 MiB.</summary>
    [Range(0L, 1L << 40)]
    public long MaxCacheBytes { get; set; } = 256L << 20;

    /// <summary>Recent calls of one app that feedback can be given on; 1 to 1,000,000, by default 2000. The oldest is forgotten first.</summary>
    [Range(1, 1_000_000)]
    public int MaxAppCalls { get; set; } = 2000;

    /// <summary>How long feedback can be given on a call; 1 minute to 1 year, by default 7 days.</summary>
    [Range(typeof(TimeSpan), "00:01:00", "365.00:00:00")]
    public TimeSpan CallRetention { get; set; } = TimeSpan.FromDays(7);

    /// <summary>Answers that wait to be written, so that feedback can be given on them; 1 to 100,000, by default 1000. Beyond, answers have no call id.</summary>
    [Range(1, 100_000)]
    public int MaxPendingCalls { get; set; } = 1000;

    /// <summary>The most bytes of inputs of answers that wait to be written; 0 to 1 GiB, by default 16 MiB. Beyond, answers have no call id.</summary>
    [Range(0L, 1L << 30)]
    public long MaxPendingBytes { get; set; } = 16L << 20;

    /// <summary>Versions of models whose drift is watched; 1 to 10,000, by default 64. The one that was quiet longest is forgotten first.</summary>
    [Range(1, 10_000)]
    public int MaxDriftVersions { get; set; } = 64;

    /// <summary>Calls of a new version that are the reference which later ones are compared with; 200 to 100,000, by default 500.</summary>
    [Range(200, 100_000)]
    public int DriftReferenceCalls { get; set; } = 500;
}
