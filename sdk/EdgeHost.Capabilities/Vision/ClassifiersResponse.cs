using EdgeHost.Serialization;

namespace EdgeHost.Capabilities.Vision;

/// <summary>The classifiers that the calling app taught.</summary>
[WireMessage]
public sealed partial class ClassifiersResponse
{
    /// <summary>By name.</summary>
    public required IReadOnlyList<TaughtClassifierInfo> Classifiers { get; init; }
}
