using EdgeHost.Learning.Examples;

namespace EdgeHost.Learning.Feedback;

/// <summary>A call that was answered and may get feedback.</summary>
public sealed record AnsweredCall
{
    /// <summary>Who called.</summary>
    public required ExampleOwner Owner { get; init; }

    /// <summary>The method; feedback with a label joins the dataset of this name.</summary>
    public required string Method { get; init; }

    /// <summary>
    /// The dataset that feedback with a label joins instead, if it is there and of the same kind; null for none. One of features for the method (<see cref="FeatureDatasets"/>) is made if it is not there.
    /// </summary>
    public string? Dataset { get; init; }

    /// <summary>The model that answered, as <c>id@version</c>; null if none did.</summary>
    public string? Model { get; init; }

    /// <summary>The SHA-256 of the request.</summary>
    public required byte[] RequestHash { get; init; }

    /// <summary>What <see cref="Input"/> is.</summary>
    public required ExampleKind Kind { get; init; }

    /// <summary>What was judged; empty if it cannot be learned from. Written only with consent.</summary>
    public required byte[] Input { get; init; }

    /// <summary>The answer; null if it is no label.</summary>
    public string? Label { get; init; }

    /// <summary>How sure the model was, 0 to 1; null if it did not say.</summary>
    public double? Confidence { get; init; }
}
