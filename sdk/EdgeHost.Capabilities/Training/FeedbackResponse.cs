using EdgeHost.Serialization;

namespace EdgeHost.Capabilities.Training;

/// <summary>What became of the feedback.</summary>
[WireMessage]
public sealed partial class FeedbackResponse
{
    /// <summary>The method of the call.</summary>
    public required string Method { get; init; }

    /// <summary>The model that answered, as id@version; absent if none did.</summary>
    public string? Model { get; init; }

    /// <summary>The dataset of the app that what was judged is in now; absent if it became no example.</summary>
    public string? Dataset { get; init; }

    /// <summary>Why it became no example; absent if it did.</summary>
    public string? Reason { get; init; }
}
