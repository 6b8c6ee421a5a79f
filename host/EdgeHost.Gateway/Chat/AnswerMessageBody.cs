using System.Text.Json.Serialization;

namespace EdgeHost.Gateway.Chat;

/// <summary>The text of an answer, or of a piece of it, where what is null is left out.</summary>
internal sealed record AnswerMessageBody(
    [property: JsonPropertyName("role"), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? Role,
    [property: JsonPropertyName("content"), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? Content);
