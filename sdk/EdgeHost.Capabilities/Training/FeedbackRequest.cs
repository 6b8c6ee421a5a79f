using EdgeHost.Serialization;

namespace EdgeHost.Capabilities.Training;

/// <summary>Says how good an answer was: at least one of correct, label and rating. The last feedback on a call counts.</summary>
[WireMessage]
public sealed partial class FeedbackRequest
{
    /// <summary>The call: <c>call</c> of its $/info. One of the calling app's own, not too long ago.</summary>
    [WireField(MaxLength = 128)]
    public required string Call { get; init; }

    /// <summary>Whether the answer was right.</summary>
    public bool? Correct { get; init; }

    /// <summary>What would have been right, 1 to 256 characters.</summary>
    [WireField(MaxLength = 256)]
    public string? Label { get; init; }

    /// <summary>How good the answer was, 0 to 1.</summary>
    [WireField(Minimum = 0, Maximum = 1)]
    public double? Rating { get; init; }
}
