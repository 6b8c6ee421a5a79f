using EdgeHost.Serialization;

namespace EdgeHost.Capabilities.Models;

/// <summary>Lets a version that was made on the device go on.</summary>
[WireMessage]
public sealed partial class PromoteModelRequest
{
    /// <summary>The model.</summary>
    [WireField(MaxLength = 256)]
    public required string Model { get; init; }

    /// <summary>The version; by default the one that is tried, else the newest that is stored.</summary>
    [WireField(MaxLength = 128)]
    public string? Version { get; init; }

    /// <summary>Where to: shadow, canary or current.</summary>
    public VersionStage To { get; init; } = VersionStage.Current;

    /// <summary>Whether to make it the current one though its gate has not passed.</summary>
    public bool Force { get; init; }

    /// <summary>The app whose version it is; for the device's owner, for whom it is by default the device.</summary>
    [WireField(MaxLength = 128)]
    public string? App { get; init; }

    /// <summary>The app's user, for the owner; by default the host's own.</summary>
    public long? User { get; init; }
}
