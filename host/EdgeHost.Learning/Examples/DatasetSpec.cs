namespace EdgeHost.Learning.Examples;

/// <summary>Which dataset to record into, and how it is made if it is not there. What it was made with never changes.</summary>
public sealed record DatasetSpec
{
    /// <summary>Its name: 1 to 128 characters of <c>a-z 0-9 . _ -</c>.</summary>
    public required string Name { get; init; }

    /// <summary>What the examples may be used for, in the same form; the device's owner consents to it.</summary>
    public required string Purpose { get; init; }

    /// <summary>What its examples are.</summary>
    public required ExampleKind Kind { get; init; }

    /// <summary>The share of examples that are for validation, 0 to 0.5; null for 0.1, or whatever an existing dataset has.</summary>
    public double? ValidationShare { get; init; }

    /// <summary>The share of examples that are for tests, 0 to 0.5; null for 0.1, or whatever an existing dataset has.</summary>
    public double? TestShare { get; init; }

    /// <summary>How long its examples are kept; null for as long as the host's options say, or whatever an existing dataset has.</summary>
    public TimeSpan? Retention { get; init; }
}
