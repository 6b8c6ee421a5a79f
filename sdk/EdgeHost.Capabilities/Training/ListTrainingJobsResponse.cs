using EdgeHost.Serialization;

namespace EdgeHost.Capabilities.Training;

/// <summary>The calling app's training jobs.</summary>
[WireMessage]
public sealed partial class ListTrainingJobsResponse
{
    /// <summary>The jobs, the newest first.</summary>
    public required IReadOnlyList<TrainingJob> Jobs { get; init; }
}
