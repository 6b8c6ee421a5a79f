namespace EdgeHost.Jobs.Storage;

/// <summary>Where a job is.</summary>
public enum JobState
{
    /// <summary>It waits for its turn.</summary>
    Queued,

    /// <summary>It trains.</summary>
    Running,

    /// <summary>It rests, for the reason that its status names, and goes on by itself.</summary>
    Paused,

    /// <summary>It ended with a model.</summary>
    Done,

    /// <summary>It ended without one.</summary>
    Failed,

    /// <summary>The app ended it.</summary>
    Cancelled,
}
