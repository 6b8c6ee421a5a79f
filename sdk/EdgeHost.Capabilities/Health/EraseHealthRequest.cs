using EdgeHost.Serialization;

namespace EdgeHost.Capabilities.Health;

/// <summary>Erases everything that is kept of a person: the readings, the record of accesses and the key, so that no copy of the database can be read either.</summary>
[WireMessage]
public sealed partial class EraseHealthRequest
{
    /// <summary>Whose data it is; must be said.</summary>
    [WireField(MaxLength = 128)]
    public required string Person { get; init; }

    /// <summary>The number of a wave: it alone is erased then.</summary>
    [WireField(Minimum = 1)]
    public long? Wave { get; init; }
}
