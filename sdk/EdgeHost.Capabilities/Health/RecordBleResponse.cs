using EdgeHost.Serialization;

namespace EdgeHost.Capabilities.Health;

/// <summary>What became of the readings of a Bluetooth sensor.</summary>
[WireMessage]
public sealed partial class RecordBleResponse
{
    /// <summary>How many were kept and count.</summary>
    [WireField(Minimum = 0)]
    public required int Accepted { get; init; }

    /// <summary>How many were there already: of the same person, device, time and type, or of the same number by the device's count.</summary>
    [WireField(Minimum = 0)]
    public required int Duplicates { get; init; }

    /// <summary>Those that are not plausible: they are kept apart for export, and never count. The index counts the notifications.</summary>
    public required IReadOnlyList<FlaggedReading> Flagged { get; init; }

    /// <summary>Values without a reading.</summary>
    public required IReadOnlyList<SkippedNotification> Skipped { get; init; }

    /// <summary>What a glucose meter was told of its readings.</summary>
    public required IReadOnlyList<GlucoseContextEntry> Contexts { get; init; }
}
