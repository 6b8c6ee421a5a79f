using EdgeHost.Serialization;

namespace TestPlugins.Ledger;

/// <summary>What to hold.</summary>
[WireMessage]
public sealed partial class FollowRequest
{
    /// <summary>The method that takes it and answers with a stream of <see cref="FollowItem"/>.</summary>
    public const string Method = "ledger.follow";

    /// <summary>The file to write to.</summary>
    public required string Ledger { get; init; }

    /// <summary>The model to lease.</summary>
    public required string Model { get; init; }

    /// <summary>Bytes that the call needs as long as it runs.</summary>
    public ReadOnlyMemory<byte> Payload { get; init; }
}
