using EdgeHost.Serialization;

namespace EdgeHost.Capabilities.Models;

/// <summary>A model that is on the device now.</summary>
[WireMessage]
public sealed partial class PullModelResponse
{
    /// <summary>The model.</summary>
    public required ModelEntry Model { get; init; }

    /// <summary>Bytes that went over the network; 0 if everything was there.</summary>
    [WireField(Minimum = 0)]
    public long DownloadedBytes { get; init; }
}
