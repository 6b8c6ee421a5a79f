using EdgeHost.Serialization;

namespace EdgeHost.Capabilities.Host;

/// <summary>A model in memory.</summary>
[WireMessage]
public sealed partial class ResidentModel
{
    /// <summary>The model as id@version.</summary>
    public required string Model { get; init; }

    /// <summary>The variant that is loaded, for example fp32.</summary>
    public string? Variant { get; init; }

    /// <summary>The device it is on, for example cpu.</summary>
    public string? Device { get; init; }

    /// <summary>Bytes of memory it uses.</summary>
    [WireField(Minimum = 0)]
    public long ResidentBytes { get; init; }

    /// <summary>Leases held now; 0 means it may be evicted.</summary>
    [WireField(Minimum = 0)]
    public int Leases { get; init; }
}
