using EdgeHost.Serialization;

namespace EdgeHost.Capabilities.Models;

/// <summary>A version that was taken back.</summary>
[WireMessage]
public sealed partial class RollBackModelResponse
{
    /// <summary>The model.</summary>
    public required string Model { get; init; }

    /// <summary>The version that was taken back.</summary>
    public required string From { get; init; }

    /// <summary>The version that serves in its place; absent if that is the shipped one, or none, or if it did not serve.</summary>
    public string? To { get; init; }
}
