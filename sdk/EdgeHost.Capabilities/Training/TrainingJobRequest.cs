using EdgeHost.Serialization;

namespace EdgeHost.Capabilities.Training;

/// <summary>Names a training job of the calling app.</summary>
[WireMessage]
public sealed partial class TrainingJobRequest
{
    /// <summary>The job's id.</summary>
    [WireField(MaxLength = 64)]
    public required string Job { get; init; }
}
