using System.Text.Json.Serialization;

namespace EdgeHost.Gateway.Chat;

/// <summary>A piece of an answer.</summary>
internal sealed record ChunkChoiceBody(
    [property: JsonPropertyName("delta")] AnswerMessageBody Delta,
    [property: JsonPropertyName("finish_reason")] string? FinishReason)
{
    [JsonPropertyName("index")]
    public int Index => 0;
}
