using EdgeHost.Serialization;

namespace EdgeHost.Capabilities.Recommendation;

/// <summary>What is known of texts and pictures of items by vectors of models.</summary>
[WireMessage]
public sealed partial class ContentStatus
{
    /// <summary>Items with a vector of their text.</summary>
    public required long Texts { get; init; }

    /// <summary>Items with a vector of their picture.</summary>
    public required long Pictures { get; init; }

    /// <summary>Texts and pictures whose vectors are still to be made, or to be made again with another version of a model.</summary>
    public required long Waiting { get; init; }

    /// <summary>Texts and pictures of which no vector can be made, such as pictures in no known format.</summary>
    public required long Failed { get; init; }

    /// <summary>The models that made vectors, as id@version.</summary>
    public required IReadOnlyList<string> Models { get; init; }

    /// <summary>What keeps those that wait from being made, with the command that helps; empty if nothing does.</summary>
    public required IReadOnlyList<string> Problems { get; init; }
}
