using EdgeHost.Serialization;

namespace EdgeHost.Capabilities.Language;

/// <summary>Vectors of texts.</summary>
[WireMessage]
public sealed partial class EmbedTextResponse
{
    /// <summary>A vector a text, in their order: little-endian float32, <see cref="Dimension"/> of them.</summary>
    public required IReadOnlyList<ReadOnlyMemory<byte>> Embeddings { get; init; }

    /// <summary>Numbers of a vector.</summary>
    public required int Dimension { get; init; }

    /// <summary>The model that was used, as id@version. Vectors of different models cannot be compared.</summary>
    public required string Model { get; init; }

    /// <summary>Tokens of all texts together.</summary>
    public required int InputTokens { get; init; }

    /// <summary>How many of the texts were longer than the model reads, and were cut.</summary>
    public int Truncated { get; init; }
}
