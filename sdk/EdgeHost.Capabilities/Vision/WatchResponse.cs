using EdgeHost.Serialization;

namespace EdgeHost.Capabilities.Vision;

/// <summary>The end of a watched video.</summary>
[WireMessage]
public sealed partial class WatchResponse
{
    /// <summary>Frames that were pushed.</summary>
    [WireField(Minimum = 0)]
    public required long Frames { get; init; }

    /// <summary>Frames that nobody looked at because newer ones were there.</summary>
    [WireField(Minimum = 0)]
    public required long Dropped { get; init; }

    /// <summary>The models that were used, as id@version.</summary>
    public IReadOnlyList<string> Models { get; init; } = [];
}
