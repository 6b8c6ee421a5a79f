using EdgeHost.Serialization;

namespace EdgeHost.Capabilities.Training;

/// <summary>Asks for the calling app's training jobs.</summary>
[WireMessage]
public sealed partial class ListTrainingJobsRequest
{
    /// <summary>Those for one model alone; all if absent.</summary>
    [WireField(MaxLength = 64)]
    public string? Model { get; init; }
}
