using EdgeHost.Serialization;

namespace TestPlugins.Ledger;

/// <summary>What was done.</summary>
[WireMessage]
public sealed partial class WorkResponse
{
    /// <summary>As in the request.</summary>
    public required string Id { get; init; }
}
