using EdgeHost.Serialization;

namespace EdgeHost.Capabilities.Models;

/// <summary>Reads a model's files and compares their hashes.</summary>
[WireMessage]
public sealed partial class VerifyModelRequest
{
    /// <summary>The model: id, or id@version; all installed ones if absent.</summary>
    [WireField(MaxLength = 256)]
    public string? Model { get; init; }
}
