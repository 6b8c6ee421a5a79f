namespace EdgeHost.Capabilities.Training;

/// <summary>Where a training job is.</summary>
public enum TrainingJobState
{
    /// <summary>It waits for its turn.</summary>
    Queued = 0,

    /// <summary>It trains.</summary>
    Running = 1,

    /// <summary>It rests, for the reason given, and goes on by itself.</summary>
    Paused = 2,

    /// <summary>It ended with a model.</summary>
    Done = 3,

    /// <summary>It ended without one, for the reason given.</summary>
    Failed = 4,

    /// <summary>The app ended it.</summary>
    Cancelled = 5,
}
