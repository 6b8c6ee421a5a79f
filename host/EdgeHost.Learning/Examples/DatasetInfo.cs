namespace EdgeHost.Learning.Examples;

/// <summary>A dataset and what is in it.</summary>
public sealed record DatasetInfo
{
    /// <summary>Its name.</summary>
    public required string Name { get; init; }

    /// <summary>What it may be used for.</summary>
    public required string Purpose { get; init; }

    /// <summary>What its examples are.</summary>
    public required ExampleKind Kind { get; init; }

    /// <summary>The share of examples that are for validation.</summary>
    public required double ValidationShare { get; init; }

    /// <summary>The share of examples that are for tests.</summary>
    public required double TestShare { get; init; }

    /// <summary>How long its examples are kept; null for as long as the host's options say.</summary>
    public TimeSpan? Retention { get; init; }

    /// <summary>Examples for learning.</summary>
    public required long Train { get; init; }

    /// <summary>Examples for validation.</summary>
    public required long Validation { get; init; }

    /// <summary>Examples for tests.</summary>
    public required long Test { get; init; }

    /// <summary>Examples without a label.</summary>
    public required long Unlabelled { get; init; }

    /// <summary>Bytes of its examples' contents.</summary>
    public required long Bytes { get; init; }

    /// <summary>The commonest labels with their numbers of examples, most first; at most 100.</summary>
    public required IReadOnlyList<LabelCount> Labels { get; init; }

    /// <summary>When it was made.</summary>
    public required DateTimeOffset Created { get; init; }

    /// <summary>When an example was recorded last; null if it has none.</summary>
    public DateTimeOffset? LastRecorded { get; init; }
}
