using EdgeHost.Serialization;

namespace EdgeHost.Capabilities.Training;

/// <summary>Asks for the calling app's datasets.</summary>
[WireMessage]
public sealed partial class ListDatasetsRequest
{
    /// <summary>One dataset alone; all if absent.</summary>
    [WireField(MaxLength = 128)]
    public string? Dataset { get; init; }
}
