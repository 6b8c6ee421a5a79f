using EdgeHost.Serialization;

namespace EdgeHost.Capabilities.Health;

/// <summary>What became of readings.</summary>
[WireMessage]
public sealed partial class RecordSamplesResponse
{
    /// <summary>How many were kept and count.</summary>
    [WireField(Minimum = 0)]
    public required int Accepted { get; init; }

    /// <summary>How many were there already: of the same person, source, time and type. What was there first stays.</summary>
    [WireField(Minimum = 0)]
    public required int Duplicates { get; init; }

    /// <summary>Those that are not plausible: they are kept apart for export, and never count.</summary>
    public required IReadOnlyList<FlaggedReading> Flagged { get; init; }
}
