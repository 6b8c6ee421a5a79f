using EdgeHost.Serialization;

namespace EdgeHost.Capabilities.Training;

/// <summary>Drift and feedback of one version of a model.</summary>
[WireMessage]
public sealed partial class ModelDrift
{
    /// <summary>The model, as id@version.</summary>
    public required string Model { get; init; }

    /// <summary>What is watched, by name.</summary>
    public required IReadOnlyList<MeasureDrift> Measures { get; init; }

    /// <summary>Answers of late that were said to be right.</summary>
    [WireField(Minimum = 0)]
    public required long Correct { get; init; }

    /// <summary>Answers of late that were said to be wrong.</summary>
    [WireField(Minimum = 0)]
    public required long Wrong { get; init; }

    /// <summary>The mean rating of late, 0 to 1; absent if nobody rated.</summary>
    public double? Rating { get; init; }
}
