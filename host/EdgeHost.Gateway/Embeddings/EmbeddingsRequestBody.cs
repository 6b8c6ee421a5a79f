using System.Text.Json;
using System.Text.Json.Serialization;

namespace EdgeHost.Gateway.Embeddings;

/// <summary>What a program asks: <see cref="Input"/> is a text or a list of texts.</summary>
internal sealed class EmbeddingsRequestBody
{
    [JsonPropertyName("model")]
    public string? Model { get; init; }

    [JsonPropertyName("input")]
    public JsonElement Input { get; init; }

    /// <summary><c>float</c> or <c>base64</c>.</summary>
    [JsonPropertyName("encoding_format")]
    public string? EncodingFormat { get; init; }

    [JsonPropertyName("dimensions")]
    public int? Dimensions { get; init; }
}
