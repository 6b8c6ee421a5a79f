using EdgeHost.Serialization;

namespace EdgeHost.Capabilities.Recommendation;

/// <summary>Some lines of JSON, each an object whose <c>kind</c> is <c>item</c>, <c>event</c> or <c>showing</c>.</summary>
[WireMessage]
public sealed partial class ExportChunk
{
    /// <summary>The lines, each with its end.</summary>
    public required string Lines { get; init; }
}
