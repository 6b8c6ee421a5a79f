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

    /// <summary>A folder on the host's device that is searched for the files first; any file whose hash matches is taken.</summary>
    [WireField(MaxLength = 4096)]
    public string? Mirror { get; init; }

    /// <summary>The variant; the manifest's first if absent.</summary>
    [WireField(MaxLength = 64)]
    public string? Variant { get; init; }
}
