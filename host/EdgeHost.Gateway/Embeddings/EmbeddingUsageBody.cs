using System.Text.Json.Serialization;

namespace EdgeHost.Gateway.Embeddings;

/// <summary>What vectors took, in tokens.</summary>
internal sealed record EmbeddingUsageBody(
    [property: JsonPropertyName("prompt_tokens")] long PromptTokens,
    [property: JsonPropertyName("total_tokens")] long TotalTokens);
