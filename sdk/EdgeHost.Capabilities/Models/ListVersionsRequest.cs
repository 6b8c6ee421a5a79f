using EdgeHost.Serialization;

namespace EdgeHost.Capabilities.Models;

/// <summary>Asks for the versions that were made on the device: those of the calling app; for the device's owner all.</summary>
[WireMessage]
public sealed partial class ListVersionsRequest
{
    /// <summary>Only of this model; all if absent.</summary>
    [WireField(MaxLength = 256)]
    public string? Model { get; init; }

    /// <summary>Only those of this app; others than one's own are the owner's matter.</summary>
    [WireField(MaxLength = 128)]
    public string? App { get; init; }

    /// <summary>The app's user, for the owner; by default the host's own.</summary>
    public long? User { get; init; }
}
