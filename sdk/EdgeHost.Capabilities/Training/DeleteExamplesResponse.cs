using EdgeHost.Serialization;

namespace EdgeHost.Capabilities.Training;

/// <summary>What was deleted: overwritten in the database, and its files removed.</summary>
[WireMessage]
public sealed partial class DeleteExamplesResponse
{
    /// <summary>The number of examples.</summary>
    [WireField(Minimum = 0)]
    public required long Examples { get; init; }

    /// <summary>The datasets that are gone.</summary>
    public required IReadOnlyList<string> Datasets { get; init; }

    /// <summary>The number of calls that feedback can no longer be given on.</summary>
    [WireField(Minimum = 0)]
    public required long Calls { get; init; }

    /// <summary>The number of models whose versions are gone; only with everything.</summary>
    [WireField(Minimum = 0)]
    public int? Models { get; init; }
}
