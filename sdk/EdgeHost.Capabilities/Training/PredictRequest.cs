using EdgeHost.Serialization;

namespace EdgeHost.Capabilities.Training;

/// <summary>Asks a model that the calling app has trained.</summary>
[WireMessage]
public sealed partial class PredictRequest
{
    /// <summary>The model's name.</summary>
    [WireField(MaxLength = 64)]
    public required string Model { get; init; }

    /// <summary>A version of it; the newest if absent.</summary>
    [WireField(MaxLength = 64)]
    public string? Version { get; init; }

    /// <summary>What to judge: 1 to 1000 inputs of the kind that the model was trained on.</summary>
    [WireField(MaxLength = 1000)]
    public required IReadOnlyList<PredictInput> Inputs { get; init; }
}
