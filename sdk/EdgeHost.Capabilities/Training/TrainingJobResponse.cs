using EdgeHost.Serialization;

namespace EdgeHost.Capabilities.Training;

/// <summary>A training job as it is now.</summary>
[WireMessage]
public sealed partial class TrainingJobResponse
{
    /// <summary>The job.</summary>
    public required TrainingJob Job { get; init; }
}
