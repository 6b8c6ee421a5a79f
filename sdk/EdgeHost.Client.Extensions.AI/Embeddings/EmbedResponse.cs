using EdgeHost.Serialization;

namespace EdgeHost.Client.Extensions.AI.Embeddings;

/// <summary>What <c>language.embed</c> gives.</summary>
[WireMessage]
internal sealed partial class EmbedResponse
{
    /// <summary>A vector a text, in their order: little-endian float32.</summary>
    public required IReadOnlyList<ReadOnlyMemory<byte>> Embeddings { get; init; }

    /// <summary>The model as id@version.</summary>
    public string? Model { get; init; }

    public long? InputTokens { get; init; }
}
