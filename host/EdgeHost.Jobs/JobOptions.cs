using System.ComponentModel.DataAnnotations;

namespace EdgeHost.Jobs;

/// <summary>How much apps may train, and where it is kept. Read once, when jobs are created.</summary>
public sealed class JobOptions
{
    /// <summary>The configuration section.</summary>
    public const string SectionName = "Jobs";

    /// <summary>The folder of jobs with their checkpoints; <c>jobs</c> in the home folder unless another is named. Its disk must be local.</summary>
    public string Folder { get; set; } = Path.Combine(EdgeHostPaths.Home, "jobs");

    /// <summary>Jobs that train at the same time; 1 to 16, by default 1.</summary>
    [Range(1, 16)]
    public int Running { get; set; } = 1;

    /// <summary>Jobs of all apps that wait for their turn before a further one is refused; 1 to 10,000, by default 64.</summary>
    [Range(1, 10_000)]
    public int QueueLimit { get; set; } = 64;

    /// <summary>Jobs of one app that wait or train; 1 to 1000, by default 8.</summary>
    [Range(1, 1000)]
    public int MaxAppJobs { get; set; } = 8;

    /// <summary>Jobs of one app that have ended and are still listed; 1 to 10,000, by default 32. The oldest is forgotten first.</summary>
    [Range(1, 10_000)]
    public int KeptAppJobs { get; set; } = 32;

    /// <summary>How long training holds the processor before it looks whether somebody else waits; 0.5 ms to 1 s, by default 4 ms. A step that takes longer is stopped between two nodes.</summary>
    [Range(typeof(TimeSpan), "00:00:00.0005", "00:00:01")]
    public TimeSpan Slice { get; set; } = TimeSpan.FromMilliseconds(4);

    /// <summary>How often a job is written down so that it can go on after the end of the host; 0.1 s to 1 hour, by default 20 s.</summary>
    [Range(typeof(TimeSpan), "00:00:00.1", "01:00:00")]
    public TimeSpan CheckpointInterval { get; set; } = TimeSpan.FromSeconds(20);

    /// <summary>How often a job that could not write its checkpoint tries again; 0.1 s to 1 hour, by default 1 minute.</summary>
    [Range(typeof(TimeSpan), "00:00:00.1", "01:00:00")]
    public TimeSpan DiskRetryInterval { get; set; } = TimeSpan.FromMinutes(1);

    /// <summary>How often a job that finds no room in the budget of memory tries again; 0.1 s to 1 hour, by default 5 s.</summary>
    [Range(typeof(TimeSpan), "00:00:00.1", "01:00:00")]
    public TimeSpan MemoryRetryInterval { get; set; } = TimeSpan.FromSeconds(5);

    /// <summary>How often a job tries to write its checkpoint before it fails; 1 to 1,000,000, by default 1440.</summary>
    [Range(1, 1_000_000)]
    public int DiskRetries { get; set; } = 1440;

    /// <summary>The most time on the processor of a job that names none; 1 s to 30 days, by default 12 hours. What it has by then is its result.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "30.00:00:00")]
    public TimeSpan TimeLimit { get; set; } = TimeSpan.FromHours(12);

    /// <summary>The most memory that a job may need by estimate: examples, parameters, optimiser and one step; 1 MiB to 1 TiB, by default 1 GiB.</summary>
    [Range(1L << 20, 1L << 40)]
    public long MaxMemoryBytes { get; set; } = 1L << 30;

    /// <summary>Bytes of the disk that checkpoints leave free; 0 to 1 TiB, by default 64 MiB.</summary>
    [Range(0L, 1L << 40)]
    public long FreeSpaceReserveBytes { get; set; } = 64L << 20;

    /// <summary>The most characters of a job's specification; 1 KiB to 16 MiB, by default 1 MiB.</summary>
    [Range(1 << 10, 16 << 20)]
    public int MaxSpecLength { get; set; } = 1 << 20;

    /// <summary>Whether the host makes an app's own versions of models by the feedback that it gave with the owner's consent, as plugins ask for; by default true. Without, versions that are there stay.</summary>
    public bool Personalise { get; set; } = true;

    /// <summary>How often datasets are looked at for jobs that begin again by themselves, beside the looks soon after something was recorded; 1 s to 1 day, by default 1 minute.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "1.00:00:00")]
    public TimeSpan RetrainInterval { get; set; } = TimeSpan.FromMinutes(1);
}
