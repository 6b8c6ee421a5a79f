using EdgeHost.Serialization;

namespace EdgeHost.Capabilities.Recommendation;

/// <summary>The state of a catalogue.</summary>
[WireMessage]
public sealed partial class CatalogStatus
{
    /// <summary>Items that the app put in.</summary>
    public required long Items { get; init; }

    /// <summary>Events.</summary>
    public required long Events { get; init; }

    /// <summary>Users with an event.</summary>
    public required long Users { get; init; }

    /// <summary>Bytes of its database on the disk.</summary>
    public required long Bytes { get; init; }

    /// <summary>The version of the models that serve; 0 before the first build.</summary>
    public required long Version { get; init; }

    /// <summary>The version before it, which <c>recommendation.roll_back</c> makes serve; absent if there is none.</summary>
    public long? Previous { get; init; }

    /// <summary>Events that the models do not include yet; lists count them nevertheless.</summary>
    public required long NewEvents { get; init; }

    /// <summary>Whether models are built at the moment, or are about to be.</summary>
    public required bool IsBuilding { get; init; }

    /// <summary>Figures of the models that serve, on what was held out when they were built.</summary>
    public required IReadOnlyList<ModelFigures> Figures { get; init; }

    /// <summary>What is known of texts and pictures.</summary>
    public ContentStatus? Content { get; init; }

    /// <summary>Why the last build did not come to serve; absent if it did.</summary>
    public string? Problem { get; init; }
}
