using EdgeHost.Serialization;

namespace EdgeHost.Capabilities.Training;

/// <summary>Puts examples into the app's private store. The first recording makes the dataset; what it was made with never changes.</summary>
[WireMessage]
public sealed partial class RecordExamplesRequest
{
    /// <summary>The dataset: 1 to 128 characters of a-z 0-9 . _ -</summary>
    [WireField(MaxLength = 128)]
    public required string Dataset { get; init; }

    /// <summary>What the examples may be used for, in the same form. The device's owner must have consented to it.</summary>
    [WireField(MaxLength = 128)]
    public required string Purpose { get; init; }

    /// <summary>What the examples are.</summary>
    public required ExampleKind Kind { get; init; }

    /// <summary>The examples, at least one; all of them are kept, or none.</summary>
    [WireField(MaxLength = 100_000)]
    public required IReadOnlyList<Example> Examples { get; init; }

    /// <summary>The share of examples that are kept for choosing between models, 0 to 0.5; for a new dataset 0.1 if absent.</summary>
    [WireField(Minimum = 0, Maximum = 0.5)]
    public double? ValidationShare { get; init; }

    /// <summary>The share of examples that are kept for measuring models, 0 to 0.5; for a new dataset 0.1 if absent.</summary>
    [WireField(Minimum = 0, Maximum = 0.5)]
    public double? TestShare { get; init; }

    /// <summary>Days that the examples are kept; if absent as long as the host keeps any, which is the most.</summary>
    [WireField(Minimum = 0.001, Maximum = 3650)]
    public double? RetentionDays { get; init; }
}
