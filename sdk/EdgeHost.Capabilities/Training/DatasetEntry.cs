using EdgeHost.Serialization;

namespace EdgeHost.Capabilities.Training;

/// <summary>A dataset and what is in it.</summary>
[WireMessage]
public sealed partial class DatasetEntry
{
    /// <summary>Its name.</summary>
    public required string Dataset { get; init; }

    /// <summary>What its examples may be used for.</summary>
    public required string Purpose { get; init; }

    /// <summary>What its examples are.</summary>
    public required ExampleKind Kind { get; init; }

    /// <summary>Examples that models learn from.</summary>
    [WireField(Minimum = 0)]
    public required long Train { get; init; }

    /// <summary>Examples for choosing between models.</summary>
    [WireField(Minimum = 0)]
    public required long Validation { get; init; }

    /// <summary>Examples for measuring models.</summary>
    [WireField(Minimum = 0)]
    public required long Test { get; init; }

    /// <summary>Examples without a label.</summary>
    [WireField(Minimum = 0)]
    public required long Unlabelled { get; init; }

    /// <summary>The commonest labels, most examples first; at most 100.</summary>
    public required IReadOnlyList<LabelEntry> Labels { get; init; }

    /// <summary>Bytes of the contents.</summary>
    [WireField(Minimum = 0)]
    public required long Bytes { get; init; }

    /// <summary>The share of examples for choosing between models.</summary>
    public required double ValidationShare { get; init; }

    /// <summary>The share of examples for measuring models.</summary>
    public required double TestShare { get; init; }

    /// <summary>Days that the examples are kept; absent where it is as long as the host keeps any.</summary>
    public double? RetentionDays { get; init; }

    /// <summary>When it was made, in milliseconds since 1970, UTC.</summary>
    public required long CreatedMs { get; init; }

    /// <summary>When an example was recorded last, in milliseconds since 1970, UTC; absent if it has none.</summary>
    public long? LastRecordedMs { get; init; }
}
