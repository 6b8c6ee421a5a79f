using EdgeHost.Serialization;

namespace EdgeHost.Capabilities.Recommendation;

/// <summary>A list, the best first; shorter than asked for where filters and caps leave less.</summary>
[WireMessage]
public sealed partial class RecommendResponse
{
    /// <summary>The list.</summary>
    public required IReadOnlyList<RecommendedItem> Items { get; init; }

    /// <summary>The models that made it.</summary>
    public required string Model { get; init; }

    /// <summary>The version of the catalogue's models; 0 before the first build.</summary>
    public required long Version { get; init; }

    /// <summary>When exploring: the list's name, for <see cref="UserEvent.List"/>.</summary>
    public string? List { get; init; }

    /// <summary>Of <c>recommendation.rank</c>: the candidates that the catalogue does not know.</summary>
    public IReadOnlyList<string>? Unknown { get; init; }
}
