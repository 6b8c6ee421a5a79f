using EdgeHost.Serialization;

namespace EdgeHost.Capabilities.Health;

/// <summary>Keeps readings. They are encrypted, and on the disk when the call has answered.</summary>
[WireMessage]
public sealed partial class RecordSamplesRequest
{
    /// <summary>Whose data it is: a name of the device's owner's choice, which is kept encrypted.</summary>
    [WireField(MaxLength = 128)]
    public string Person { get; init; } = "self";

    /// <summary>The readings, at most 100,000 unless the host is set otherwise; all of them are kept, or none.</summary>
    public required IReadOnlyList<HealthSample> Samples { get; init; }

    /// <summary>The language of the texts: <c>en</c> or <c>zh</c>; absent: the one that the host is set to.</summary>
    [WireField(MaxLength = 16)]
    public string? Language { get; init; }
}
