using EdgeHost.Serialization;

namespace EdgeHost.Capabilities.Models;

/// <summary>How far a pull is; sent when the phase or file changes and at most a few times a second in between.</summary>
[WireMessage]
public sealed partial class PullProgress
{
    /// <summary>The model as id@version.</summary>
    public required string Model { get; init; }

    /// <summary>The file being worked on; absent where the phase is about the whole model.</summary>
    public string? File { get; init; }

    /// <summary>What is being done.</summary>
    public required PullPhase Phase { get; init; }

    /// <summary>Bytes of the model's files that are here; never falls within one pull.</summary>
    [WireField(Minimum = 0)]
    public long BytesDone { get; init; }

    /// <summary>Bytes of all of the model's files.</summary>
    [WireField(Minimum = 0)]
    public long? BytesTotal { get; init; }

    /// <summary>While a package is received, whose size nobody knows before: its bytes so far.</summary>
    [WireField(Minimum = 0)]
    public long? PackageBytes { get; init; }
}
