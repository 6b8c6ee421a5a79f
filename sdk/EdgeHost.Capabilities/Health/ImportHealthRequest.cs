using EdgeHost.Serialization;

namespace EdgeHost.Capabilities.Health;

/// <summary>Keeps the readings of a file.</summary>
[WireMessage]
public sealed partial class ImportHealthRequest
{
    /// <summary>Whose data it is: a name of the device's owner's choice, which is kept encrypted.</summary>
    [WireField(MaxLength = 128)]
    public string Person { get; init; } = "self";

    /// <summary>What the file is.</summary>
    public required ImportFormat Format { get; init; }

    /// <summary>Of a WFDB record, the header (<c>.hea</c>); <see cref="Data"/> is its signal file then, and without it a ZIP archive of the record.</summary>
    public ReadOnlyMemory<byte>? Header { get; init; }

    /// <summary>Of a WFDB record, annotations (<c>.atr</c>) that are kept for reference.</summary>
    public ReadOnlyMemory<byte>? Annotations { get; init; }

    /// <summary>When a WFDB record starts, in milliseconds since 1970 (UTC). Absent: when its header says, by the clock of <see cref="UtcOffsetMinutes"/>.</summary>
    public long? Time { get; init; }

    /// <summary>The time zone of a WFDB record, in minutes east of UTC.</summary>
    [WireField(Minimum = -1080, Maximum = 1080)]
    public int? UtcOffsetMinutes { get; init; }

    /// <summary>What measured a WFDB record; absent: the record's name.</summary>
    [WireField(MaxLength = 128)]
    public string? Source { get; init; }

    /// <summary>What the signals of a WFDB record are whose names do not tell; absent: they are passed over.</summary>
    public WaveKind? Wave { get; init; }

    /// <summary>The file, at most 100 million bytes unless the host is set otherwise.</summary>
    public required ReadOnlyMemory<byte> Data { get; init; }

    /// <summary>The language of the texts: <c>en</c> or <c>zh</c>; absent: the one that the host is set to.</summary>
    [WireField(MaxLength = 16)]
    public string? Language { get; init; }
}
