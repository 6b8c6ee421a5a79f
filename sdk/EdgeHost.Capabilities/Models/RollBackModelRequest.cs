using EdgeHost.Serialization;

namespace EdgeHost.Capabilities.Models;

/// <summary>Takes a version back: the one that it replaced serves again, or the shipped one.</summary>
[WireMessage]
public sealed partial class RollBackModelRequest
{
    /// <summary>The model.</summary>
    [WireField(MaxLength = 256)]
    public required string Model { get; init; }

    /// <summary>The version; by default the one that serves, else the one that is tried.</summary>
    [WireField(MaxLength = 128)]
    public string? Version { get; init; }

    /// <summary>Why, for the history.</summary>
    [WireField(MaxLength = 1024)]
    public string? Reason { get; init; }

    /// <summary>The app whose version it is; for the device's owner, for whom it is by default the device.</summary>
    [WireField(MaxLength = 128)]
    public string? App { get; init; }

    /// <summary>The app's user, for the owner; by default the host's own.</summary>
    public long? User { get; init; }
}
