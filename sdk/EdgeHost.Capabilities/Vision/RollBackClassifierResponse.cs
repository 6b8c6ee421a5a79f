using EdgeHost.Serialization;

namespace EdgeHost.Capabilities.Vision;

/// <summary>What serves now.</summary>
[WireMessage]
public sealed partial class RollBackClassifierResponse
{
    /// <summary>The version that served until now.</summary>
    public required string From { get; init; }

    /// <summary>The classifier as it is now; its version is the one that serves.</summary>
    public required TaughtClassifierInfo Classifier { get; init; }
}
