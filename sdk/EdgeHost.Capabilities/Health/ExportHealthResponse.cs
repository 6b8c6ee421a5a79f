using EdgeHost.Serialization;

namespace EdgeHost.Capabilities.Health;

/// <summary>The end of an export.</summary>
[WireMessage]
public sealed partial class ExportHealthResponse
{
    /// <summary>How many samples were given.</summary>
    [WireField(Minimum = 0)]
    public required long Samples { get; init; }

    /// <summary>How many waves.</summary>
    [WireField(Minimum = 0)]
    public long Waves { get; init; }

    /// <summary>How many lines of the record of accesses.</summary>
    [WireField(Minimum = 0)]
    public required long Accesses { get; init; }
}
