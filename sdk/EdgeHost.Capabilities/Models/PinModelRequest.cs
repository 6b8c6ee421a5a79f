using EdgeHost.Serialization;

namespace EdgeHost.Capabilities.Models;

/// <summary>Loads a model and keeps it in memory until it is unpinned. The pin is the app's own; pinning again is harmless.</summary>
[WireMessage]
public sealed partial class PinModelRequest
{
    /// <summary>The model: id (the pin moves on with a new version), or id@version.</summary>
    [WireField(MaxLength = 256)]
    public required string Model { get; init; }
}
