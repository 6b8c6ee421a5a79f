using EdgeHost.Serialization;

namespace EdgeHost.Capabilities.Health;

/// <summary>Reads a wave that is kept.</summary>
[WireMessage]
public sealed partial class ReadWaveRequest
{
    /// <summary>Whose data it is: a name of the device's owner's choice, which is kept encrypted.</summary>
    [WireField(MaxLength = 128)]
    public string Person { get; init; } = "self";

    /// <summary>Its number.</summary>
    [WireField(Minimum = 1)]
    public required long Wave { get; init; }

    /// <summary>Where to begin, in milliseconds from its start.</summary>
    [WireField(Minimum = 0)]
    public double FromMs { get; init; }

    /// <summary>Where to stop; absent: at its end.</summary>
    [WireField(Minimum = 0)]
    public double? UntilMs { get; init; }
}
