using EdgeHost.Serialization;

namespace TestPlugins.Ledger;

/// <summary>A sign of life.</summary>
[WireMessage]
public sealed partial class FollowItem
{
    /// <summary>From 0 on.</summary>
    public required long Count { get; init; }

    /// <summary>Bytes of the payload.</summary>
    public int Bytes { get; init; }
}
