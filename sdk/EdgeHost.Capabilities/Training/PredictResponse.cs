using EdgeHost.Serialization;

namespace EdgeHost.Capabilities.Training;

/// <summary>What a model says.</summary>
[WireMessage]
public sealed partial class PredictResponse
{
    /// <summary>The model, as id@version.</summary>
    public required string Model { get; init; }

    /// <summary>An answer for each input, in their order.</summary>
    public required IReadOnlyList<Prediction> Predictions { get; init; }
}
