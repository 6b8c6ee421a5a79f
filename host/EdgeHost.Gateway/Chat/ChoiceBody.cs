using System.Text.Json.Serialization;

namespace EdgeHost.Gateway.Chat;

/// <summary>An answer, whole.</summary>
internal sealed record ChoiceBody(
    [property: JsonPropertyName("message")] AnswerMessageBody Message,
    [property: JsonPropertyName("finish_reason")] string FinishReason)
{
    [JsonPropertyName("index")]
    public int Index => 0;
}
