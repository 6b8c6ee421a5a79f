using System.Text.Json;
using System.Text.Json.Serialization;

namespace EdgeHost.Gateway.Embeddings;

/// <summary>The vector of a text: a list of numbers, or base64 of 32-bit little-endian floats.</summary>
internal sealed record EmbeddingBody(
    [property: JsonPropertyName("index")] int Index,
    [property: JsonPropertyName("embedding")] JsonElement Embedding)
{
    [JsonPropertyName("object")]
    public string Object => "embedding";
}
