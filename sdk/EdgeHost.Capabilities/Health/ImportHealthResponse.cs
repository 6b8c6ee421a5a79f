using EdgeHost.Serialization;

namespace EdgeHost.Capabilities.Health;

/// <summary>What became of a file's readings.</summary>
[WireMessage]
public sealed partial class ImportHealthResponse
{
    /// <summary>How many readings or waves were kept and count.</summary>
    [WireField(Minimum = 0)]
    public required int Accepted { get; init; }

    /// <summary>How many were there already.</summary>
    [WireField(Minimum = 0)]
    public required int Duplicates { get; init; }

    /// <summary>How many are not plausible: kept apart, never counted.</summary>
    [WireField(Minimum = 0)]
    public required int FlaggedCount { get; init; }

    /// <summary>The first hundred of those; the index counts the file's readings from 0.</summary>
    public required IReadOnlyList<FlaggedReading> Flagged { get; init; }

    /// <summary>Entries of types that are not kept.</summary>
    [WireField(Minimum = 0)]
    public required int Skipped { get; init; }

    /// <summary>The waves of a WFDB record that are kept now, those that were there already too.</summary>
    public IReadOnlyList<RecordedWave> Waves { get; init; } = [];
}
