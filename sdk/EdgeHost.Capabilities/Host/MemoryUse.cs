using EdgeHost.Serialization;

namespace EdgeHost.Capabilities.Host;

/// <summary>The host's memory, in bytes.</summary>
[WireMessage]
public sealed partial class MemoryUse
{
    /// <summary>Resident memory of the host's process.</summary>
    [WireField(Minimum = 0)]
    public long ResidentBytes { get; init; }

    /// <summary>The part of it that managed objects use.</summary>
    [WireField(Minimum = 0)]
    public long ManagedBytes { get; init; }

    /// <summary>The part that the pool counts for models.</summary>
    [WireField(Minimum = 0)]
    public long PoolBytes { get; init; }

    /// <summary>The most that the pool may use.</summary>
    [WireField(Minimum = 0)]
    public long PoolBudgetBytes { get; init; }
}
