using EdgeHost.Serialization;

namespace EdgeHost.Capabilities.Training;

/// <summary>A training job as it goes on: sent when it changes, as fast as the caller takes it. The last one has the job's end.</summary>
[WireMessage]
public sealed partial class TrainingProgress
{
    /// <summary>The job as it is now.</summary>
    public required TrainingJob Job { get; init; }

    /// <summary>Points of the run's learning curve since the last item; the first item has all, and so has the first of another run.</summary>
    public required IReadOnlyList<TrainingPoint> Points { get; init; }
}
