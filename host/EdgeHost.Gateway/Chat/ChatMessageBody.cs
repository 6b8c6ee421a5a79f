using System.Text.Json;
using System.Text.Json.Serialization;

namespace EdgeHost.Gateway.Chat;

/// <summary>A message of a conversation; <see cref="Content"/> is a text or a list of parts.</summary>
internal sealed class ChatMessageBody
{
    [JsonPropertyName("role")]
    public string? Role { get; init; }

    [JsonPropertyName("content")]
    public JsonElement Content { get; init; }
}
