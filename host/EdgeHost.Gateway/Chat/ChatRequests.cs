using System.Text.Json;
using EdgeHost.Capabilities.Language;
using EdgeHost.Gateway.Http;
using EdgeHost.Gateway.Models;

namespace EdgeHost.Gateway.Chat;

/// <summary>Turns what a program asks into what the host is asked; what this door does not offer is refused by name, never ignored, where the answer would be another.</summary>
internal static class ChatRequests
{
    /// <summary>OpenAI's newer name of the role <c>system</c>.</summary>
    private const string DeveloperRole = "developer";

    /// <exception cref="EdgeHostException"><see cref="ErrorCode.InvalidArgument"/> or <see cref="ErrorCode.Unimplemented"/>, with the field in the details.</exception>
    public static GenerateRequest Make(ChatRequestBody body, int defaultMaxTokens)
    {
        if (body.Messages is not { Count: > 0 } messages) throw Fields.Invalid("messages", "must have at least one message.");
        if (body.Choices is not (null or 1)) throw Fields.Unsupported("n", "can only be 1 here; send the request several times for several answers.");
        if (Fields.IsGiven(body.Tools)) throw Fields.Unsupported("tools", "are not offered here; 'response_format' with a JSON schema makes answers that a program can read.");
        if (body.LogProbabilities == true) throw Fields.Unsupported("logprobs", "are not offered here.");
        return new GenerateRequest
        {
            Model = ModelNames.Resolve(body.Model),
            Messages = [.. messages.Select(static (message, i) => TurnOf(message, $"messages[{i}]"))],
            MaxTokens = body.MaxCompletionTokens ?? body.MaxTokens ?? defaultMaxTokens,
            Temperature = body.Temperature,
            TopP = body.TopP,
            TopK = body.TopK,
            MinP = body.MinP,
            RepetitionPenalty = body.RepetitionPenalty,
            PresencePenalty = body.PresencePenalty,
            FrequencyPenalty = body.FrequencyPenalty,
            Seed = body.Seed,
            Stop = Fields.TextsOf(body.Stop, "stop") is { Count: > 0 } stop ? stop : null,
            ResponseSchema = SchemaOf(body.ResponseFormat),
        };
    }

    private static ChatTurn TurnOf(ChatMessageBody? message, string field)
    {
        if (message?.Role is not { Length: > 0 } role) throw Fields.Invalid($"{field}.role", "is missing.");
        return new ChatTurn { Role = role == DeveloperRole ? "system" : role, Content = ContentOf(message.Content, $"{field}.content") };
    }

    private static string ContentOf(JsonElement content, string field) => content.ValueKind switch
    {
        JsonValueKind.Undefined or JsonValueKind.Null => throw Fields.Invalid(field, "is missing."),
        JsonValueKind.Array => string.Concat(content.EnumerateArray().Select((part, i) => PartOf(part, $"{field}[{i}]"))),
        _ => Fields.TextOf(content, field),
    };

    private static string PartOf(JsonElement part, string field)
    {
        if (part.ValueKind != JsonValueKind.Object || !part.TryGetProperty("type", out var type)) throw Fields.Invalid(field, "must be a part with a 'type'.");
        var name = Fields.TextOf(type, $"{field}.type");
        if (name != "text") throw Fields.Unsupported($"{field}.type", $"is '{name}'; only 'text' is offered here.");
        return part.TryGetProperty("text", out var text) ? Fields.TextOf(text, $"{field}.text") : throw Fields.Invalid($"{field}.text", "is missing.");
    }

    private static string? SchemaOf(ResponseFormatBody? format) => format?.Type switch
    {
        null or "text" => null,
        "json_object" => """{"type":"object"}""",
        "json_schema" => format.JsonSchema.ValueKind == JsonValueKind.Object && format.JsonSchema.TryGetProperty("schema", out var schema)
            ? schema.GetRawText()
            : throw Fields.Invalid("response_format.json_schema.schema", "is missing."),
        _ => throw Fields.Invalid("response_format.type", $"is '{format.Type}'; text, json_object and json_schema are known."),
    };
}
