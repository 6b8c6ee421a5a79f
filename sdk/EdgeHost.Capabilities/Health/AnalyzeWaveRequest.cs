using EdgeHost.Serialization;

namespace EdgeHost.Capabilities.Health;

/// <summary>Analyses a wave that is kept, or a part of it.</summary>
[WireMessage]
public sealed partial class AnalyzeWaveRequest
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

    /// <summary>Where to stop; absent: at its end. At most two hours at 360 Hz are analysed at once unless the host is set otherwise.</summary>
    [WireField(Minimum = 0)]
    public double? UntilMs { get; init; }

    /// <summary>The language of the texts: <c>en</c> or <c>zh</c>; absent: the one that the host is set to.</summary>
    [WireField(MaxLength = 16)]
    public string? Language { get; init; }
}
