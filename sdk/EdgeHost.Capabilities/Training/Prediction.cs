using EdgeHost.Serialization;

namespace EdgeHost.Capabilities.Training;

/// <summary>What a model says of one input.</summary>
[WireMessage]
public sealed partial class Prediction
{
    /// <summary>The most likely label; absent where the model does not tell labels apart.</summary>
    public string? Label { get; init; }

    /// <summary>How likely that is, 0 to 1; absent as the label.</summary>
    public double? Confidence { get; init; }

    /// <summary>The labels with their scores, 0 to 1, the likeliest first; empty as the label is absent.</summary>
    public IReadOnlyList<LabelScore> Scores { get; init; } = [];

    /// <summary>The outputs of a model that does not tell labels apart; empty otherwise. Of one that ranks: the scores of the two items, of which the higher one is wanted more.</summary>
    public IReadOnlyList<float> Values { get; init; } = [];
}
