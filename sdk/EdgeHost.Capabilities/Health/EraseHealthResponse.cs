using EdgeHost.Serialization;

namespace EdgeHost.Capabilities.Health;

/// <summary>What was erased.</summary>
[WireMessage]
public sealed partial class EraseHealthResponse
{
    /// <summary>How many samples.</summary>
    [WireField(Minimum = 0)]
    public required long Samples { get; init; }

    /// <summary>How many waves.</summary>
    [WireField(Minimum = 0)]
    public long Waves { get; init; }
}
