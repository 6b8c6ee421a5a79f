using EdgeHost.Serialization;

namespace EdgeHost.Client.Extensions.AI.Embeddings;

/// <summary>What <c>language.embed</c> takes.</summary>
[WireMessage]
internal sealed partial class EmbedRequest
{
    public required IReadOnlyList<string> Texts { get; init; }

    public string? Model { get; init; }
}
