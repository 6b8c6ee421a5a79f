using EdgeHost.Serialization;

namespace EdgeHost.Capabilities.Training;

/// <summary>Asks for a training job.</summary>
[WireMessage]
public sealed partial class StartTrainingRequest
{
    /// <summary>What to train, as the text of a JSON object (docs/training-jobs.md).</summary>
    [WireField(MaxLength = 16_777_216)]
    public required string Spec { get; init; }
}
