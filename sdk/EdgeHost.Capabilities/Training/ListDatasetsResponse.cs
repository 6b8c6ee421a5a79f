using EdgeHost.Serialization;

namespace EdgeHost.Capabilities.Training;

/// <summary>The app's datasets and what it may still record.</summary>
[WireMessage]
public sealed partial class ListDatasetsResponse
{
    /// <summary>The datasets, by name.</summary>
    public required IReadOnlyList<DatasetEntry> Datasets { get; init; }

    /// <summary>Examples that the app has.</summary>
    [WireField(Minimum = 0)]
    public required long Examples { get; init; }

    /// <summary>The most it may have.</summary>
    [WireField(Minimum = 0)]
    public required long MaxExamples { get; init; }

    /// <summary>Bytes of their contents.</summary>
    [WireField(Minimum = 0)]
    public required long Bytes { get; init; }

    /// <summary>The most they may be.</summary>
    [WireField(Minimum = 0)]
    public required long MaxBytes { get; init; }
}
