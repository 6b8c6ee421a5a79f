using Microsoft.Extensions.AI;

namespace EdgeHost.Client.Extensions.AI.Chat;

/// <summary>Makes a request of a conversation and its options.</summary>
internal static class ChatRequests
{
    public const string Method = "language.generate";
    private const string AnyJson = "{}";

    /// <exception cref="EdgeHostException"><see cref="ErrorCode.Unimplemented"/>: something that the method has no field for; <see cref="ErrorCode.InvalidArgument"/>:
    /// nothing to answer.</exception>
    public static GenerateRequest Make(IEnumerable<ChatMessage> messages, ChatOptions? options)
    {
        ArgumentNullException.ThrowIfNull(messages);
        if (options is not null) Check(options);
        List<GenerateMessage> sent = options?.Instructions is { Length: > 0 } instructions ? [Message(ChatRole.System, instructions)] : [];
        sent.AddRange(messages.Select(ToMessage));
        if (sent.Count == 0) throw new EdgeHostException(ErrorCode.InvalidArgument, "The conversation has no message.");
        return new GenerateRequest
        {
            Messages = sent,
            MaxTokens = options?.MaxOutputTokens,
            Temperature = options?.Temperature,
            Model = options?.ModelId,
            TopK = options?.TopK,
            TopP = options?.TopP,
            MinP = Number(options, "min_p"),
            RepetitionPenalty = Number(options, "repetition_penalty"),
            PresencePenalty = options?.PresencePenalty,
            FrequencyPenalty = options?.FrequencyPenalty,
            Seed = options?.Seed,
            Stop = options?.StopSequences is { Count: > 0 } stops ? [.. stops] : null,
            ResponseSchema = options?.ResponseFormat is ChatResponseFormatJson json ? json.Schema?.GetRawText() ?? AnyJson : null,
            Grammar = Text(options, "grammar"),
            Session = Text(options, "session"),
        };
    }

    private static void Check(ChatOptions options)
    {
        if (options.Tools is { Count: > 0 }) throw Services.NotThere(Method, "tools");
        if (options.ResponseFormat is not (null or ChatResponseFormatText or ChatResponseFormatJson)) throw Services.NotThere(Method, "response format but text and JSON");
        if (options.ConversationId is not null) throw Services.NotThere(Method, "memory of conversations; send all their messages");
    }

    private static GenerateMessage ToMessage(ChatMessage message)
    {
        ArgumentNullException.ThrowIfNull(message);
        if (message.Role != ChatRole.System && message.Role != ChatRole.User && message.Role != ChatRole.Assistant) throw Services.NotThere(Method, $"messages of the role '{message.Role}'");

        // What was said of an earlier answer is not a part of what was said.
        if (message.Contents.FirstOrDefault(static content => content is not (TextContent or TextReasoningContent or UsageContent)) is { } other)
        {
            throw Services.NotThere(Method, $"contents of the type {other.GetType().Name}, only texts");
        }

        return Message(message.Role, message.Text);
    }

    private static GenerateMessage Message(ChatRole role, string text) => new() { Role = role.Value, Content = text };

    private static string? Text(ChatOptions? options, string name) => options?.AdditionalProperties is { } more && more.TryGetValue(name, out string? text) ? text : null;

    private static double? Number(ChatOptions? options, string name) => options?.AdditionalProperties is { } more && more.TryGetValue(name, out double number) ? number : null;
}
