using EdgeHost.Serialization;

namespace EdgeHost.Capabilities.Models;

/// <summary>A model that is pinned.</summary>
[WireMessage]
public sealed partial class PinModelResponse
{
    /// <summary>The model as it was named.</summary>
    public required string Model { get; init; }

    /// <summary>Who pins: the app's name, or operator for the command line.</summary>
    public required string Owner { get; init; }
}
