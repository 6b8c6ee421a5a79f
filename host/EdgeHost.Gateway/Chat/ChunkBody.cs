using System.Text.Json.Serialization;

namespace EdgeHost.Gateway.Chat;

/// <summary>An event of a stream.</summary>
internal sealed record ChunkBody(
    [property: JsonPropertyName("id")] string Id,
    [property: JsonPropertyName("created")] long Created,
    [property: JsonPropertyName("model")] string Model,
    [property: JsonPropertyName("choices")] IReadOnlyList<ChunkChoiceBody> Choices,
    [property: JsonPropertyName("usage"), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] UsageBody? Usage = null)
{
    [JsonPropertyName("object")]
    public string Object => "chat.completion.chunk";
}
