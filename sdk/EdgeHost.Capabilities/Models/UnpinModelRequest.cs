using EdgeHost.Serialization;

namespace EdgeHost.Capabilities.Models;

/// <summary>Takes the app's pin back; the model stays until its memory is needed.</summary>
[WireMessage]
public sealed partial class UnpinModelRequest
{
    /// <summary>The model: as it was named when it was pinned.</summary>
    [WireField(MaxLength = 256)]
    public required string Model { get; init; }
}
