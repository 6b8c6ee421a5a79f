using EdgeHost.Serialization;

namespace EdgeHost.Capabilities.Models;

/// <summary>Asks what was decided about versions that were made on the device: of the calling app; for the device's owner of all.</summary>
[WireMessage]
public sealed partial class ModelHistoryRequest
{
    /// <summary>Only of this model; all if absent.</summary>
    [WireField(MaxLength = 256)]
    public string? Model { get; init; }

    /// <summary>How many at most, the newest first.</summary>
    [WireField(Minimum = 1, Maximum = 1000)]
    public int Limit { get; init; } = 100;

    /// <summary>Only those of this app; others than one's own are the owner's matter.</summary>
    [WireField(MaxLength = 128)]
    public string? App { get; init; }

    /// <summary>The app's user, for the owner; by default the host's own.</summary>
    public long? User { get; init; }
}
