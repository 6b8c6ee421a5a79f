using EdgeHost.Serialization;

namespace EdgeHost.Capabilities.Models;

/// <summary>Takes a model off the device.</summary>
[WireMessage]
public sealed partial class RemoveModelRequest
{
    /// <summary>The model: id, or id@version.</summary>
    [WireField(MaxLength = 256)]
    public required string Model { get; init; }
}
