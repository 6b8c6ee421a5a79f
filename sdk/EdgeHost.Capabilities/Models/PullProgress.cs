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

    /// <summary>Bytes done in this phase of this file.</summary>
    [WireField(Minimum = 0)]
    public long BytesDone { get; init; }

    /// <summary>Bytes to do in this phase of this file; absent if nobody knows yet.</summary>
    [WireField(Minimum = 0)]
    public long? BytesTotal { get; init; }
}
