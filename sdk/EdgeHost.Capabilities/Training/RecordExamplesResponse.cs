using EdgeHost.Serialization;

namespace EdgeHost.Capabilities.Training;

/// <summary>What became of the examples. They are on the disk, whatever happens to the host now.</summary>
[WireMessage]
public sealed partial class RecordExamplesResponse
{
    /// <summary>New ones.</summary>
    [WireField(Minimum = 0)]
    public required int Accepted { get; init; }

    /// <summary>Those that were there already, with the same label or without one to add.</summary>
    [WireField(Minimum = 0)]
    public required int Duplicates { get; init; }

    /// <summary>Those that were there already and have the new label now.</summary>
    [WireField(Minimum = 0)]
    public required int Relabelled { get; init; }

    /// <summary>Examples that the app has now in all datasets.</summary>
    [WireField(Minimum = 0)]
    public required long Examples { get; init; }

    /// <summary>Bytes of their contents.</summary>
    [WireField(Minimum = 0)]
    public required long Bytes { get; init; }
}
