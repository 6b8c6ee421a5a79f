using EdgeHost.Serialization;

namespace EdgeHost.Capabilities.Training;

/// <summary>Drift and feedback of models.</summary>
[WireMessage]
public sealed partial class DriftResponse
{
    /// <summary>The models' versions, by name.</summary>
    public required IReadOnlyList<ModelDrift> Models { get; init; }
}
