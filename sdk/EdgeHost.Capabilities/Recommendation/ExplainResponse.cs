using EdgeHost.Serialization;

namespace EdgeHost.Capabilities.Recommendation;

/// <summary>The parts of a score. They add up to it.</summary>
[WireMessage]
public sealed partial class ExplainResponse
{
    /// <summary>The score; comparable with those of lists.</summary>
    public required double Score { get; init; }

    /// <summary>The parts, the largest amounts first.</summary>
    public required IReadOnlyList<Reason> Reasons { get; init; }

    /// <summary>The models that made it.</summary>
    public required string Model { get; init; }

    /// <summary>The version of the catalogue's models; 0 before the first build.</summary>
    public required long Version { get; init; }
}
