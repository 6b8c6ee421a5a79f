using System.Text.Json.Serialization;

namespace EdgeHost.Gateway.Chat;

/// <summary>The reply to a request that does not stream.</summary>
internal sealed record CompletionBody(
    [property: JsonPropertyName("id")] string Id,
    [property: JsonPropertyName("created")] long Created,
    [property: JsonPropertyName("model")] string Model,
    [property: JsonPropertyName("choices")] IReadOnlyList<ChoiceBody> Choices,
    [property: JsonPropertyName("usage")] UsageBody Usage)
{
    [JsonPropertyName("object")]
    public string Object => "chat.completion";
}
