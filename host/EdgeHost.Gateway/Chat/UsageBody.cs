using System.Text.Json.Serialization;

namespace EdgeHost.Gateway.Chat;

/// <summary>What an answer took, in tokens.</summary>
internal sealed record UsageBody(
    [property: JsonPropertyName("prompt_tokens")] long PromptTokens,
    [property: JsonPropertyName("completion_tokens")] long CompletionTokens,
    [property: JsonPropertyName("total_tokens")] long TotalTokens);
