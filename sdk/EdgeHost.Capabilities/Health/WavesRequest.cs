using EdgeHost.Serialization;

namespace EdgeHost.Capabilities.Health;

/// <summary>Lists the waves that are kept of a person, the oldest first.</summary>
[WireMessage]
public sealed partial class WavesRequest
{
    /// <summary>Whose data it is: a name of the device's owner's choice, which is kept encrypted.</summary>
    [WireField(MaxLength = 128)]
    public string Person { get; init; } = "self";

    /// <summary>Only waves of this kind.</summary>
    public WaveKind? Kind { get; init; }

    /// <summary>Only waves that start at this time or later, in milliseconds since 1970 (UTC).</summary>
    public long? From { get; init; }

    /// <summary>Only waves that start before this time.</summary>
    public long? Until { get; init; }
}
