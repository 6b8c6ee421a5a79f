using EdgeHost.Serialization;

namespace EdgeHost.Capabilities.Models;

/// <summary>Gets a model's files onto the device.</summary>
[WireMessage]
public sealed partial class PullModelRequest
{
    /// <summary>The model: id, or id@version.</summary>
    [WireField(MaxLength = 256)]
    public required string Model { get; init; }

    /// <summary>Whether a person accepted the licence, for models whose licence asks for it.</summary>
    public bool AcceptLicense { get; init; }

    /// <summary>Whether to get files anew that are there already.</summary>
    public bool Force { get; init; }
}
