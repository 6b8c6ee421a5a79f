using System.Text.Json.Serialization;

namespace EdgeHost.Gateway.Embeddings;

/// <summary>The vectors of a request.</summary>
internal sealed record EmbeddingsBody(
    [property: JsonPropertyName("data")] IReadOnlyList<EmbeddingBody> Data,
    [property: JsonPropertyName("model")] string Model,
    [property: JsonPropertyName("usage")] EmbeddingUsageBody Usage)
{
    [JsonPropertyName("object")]
    public string Object => "list";
}
