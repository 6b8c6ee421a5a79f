using System.Text.Json;
using System.Text.Json.Serialization;

namespace EdgeHost.Gateway.Chat;

/// <summary>What a program asks; fields that are not here are ignored, as OpenAI's interface grows.</summary>
internal sealed class ChatRequestBody
{
    [JsonPropertyName("model")]
    public string? Model { get; init; }

    [JsonPropertyName("messages")]
    public IReadOnlyList<ChatMessageBody>? Messages { get; init; }

    [JsonPropertyName("max_tokens")]
    public int? MaxTokens { get; init; }

    /// <summary>The newer name of <see cref="MaxTokens"/>.</summary>
    [JsonPropertyName("max_completion_tokens")]
    public int? MaxCompletionTokens { get; init; }

    [JsonPropertyName("temperature")]
    public double? Temperature { get; init; }

    [JsonPropertyName("top_p")]
    public double? TopP { get; init; }

    /// <summary>Not of OpenAI's interface, but of many servers that speak it; so are the next two.</summary>
    [JsonPropertyName("top_k")]
    public int? TopK { get; init; }

    [JsonPropertyName("min_p")]
    public double? MinP { get; init; }

    [JsonPropertyName("repetition_penalty")]
    public double? RepetitionPenalty { get; init; }

    [JsonPropertyName("presence_penalty")]
    public double? PresencePenalty { get; init; }

    [JsonPropertyName("frequency_penalty")]
    public double? FrequencyPenalty { get; init; }

    [JsonPropertyName("seed")]
    public long? Seed { get; init; }

    /// <summary>A text or a list of texts.</summary>
    [JsonPropertyName("stop")]
    public JsonElement Stop { get; init; }

    [JsonPropertyName("stream")]
    public bool? Stream { get; init; }

    [JsonPropertyName("stream_options")]
    public StreamOptionsBody? StreamOptions { get; init; }

    [JsonPropertyName("response_format")]
    public ResponseFormatBody? ResponseFormat { get; init; }

    [JsonPropertyName("n")]
    public int? Choices { get; init; }

    [JsonPropertyName("tools")]
    public JsonElement Tools { get; init; }

    [JsonPropertyName("logprobs")]
    public bool? LogProbabilities { get; init; }
}
