using EdgeHost.Serialization;

namespace EdgeHost.Capabilities.Recommendation;

/// <summary>What was exported.</summary>
[WireMessage]
public sealed partial class ExportResponse
{
    /// <summary>Lines.</summary>
    public required long Lines { get; init; }
}
