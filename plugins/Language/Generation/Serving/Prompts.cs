using EdgeHost.Capabilities.Language;
using EdgeHost.Plugins.Language.Generation.Models;

namespace EdgeHost.Plugins.Language.Generation.Serving;

/// <summary>Makes the tokens of what a request gives: a text, or a conversation by the model's chat template. Thread-safe.</summary>
internal static class Prompts
{
    private const int MostTurns = 10_000;

    /// <summary>Makes them.</summary>
    /// <param name="model">The model.</param>
    /// <param name="prompt">A text, or null.</param>
    /// <param name="messages">A conversation, or null.</param>
    /// <param name="field">What the text is called in the request.</param>
    /// <param name="options">Limits.</param>
    /// <exception cref="EdgeHostException"><see cref="ErrorCode.InvalidArgument"/>: both or none is given, or it is empty or too long; <see cref="ErrorCode.FailedPrecondition"/>: the model has no chat template.</exception>
    public static List<int> TokensOf(GenerationModel model, string? prompt, IReadOnlyList<ChatTurn>? messages, string field, GenerationOptions options)
    {
        if ((prompt is null) == (messages is null)) throw new EdgeHostException(ErrorCode.InvalidArgument, $"Give one of '{field}' and 'messages'.");
        if (messages is not null) return OfConversation(model, messages, options);
        Check(prompt!.Length, options);
        List<int> tokens = [.. model.Tokenizer.Prefix, .. model.Tokenizer.Encode(prompt)];
        return tokens.Count > 0 ? tokens : throw new EdgeHostException(ErrorCode.InvalidArgument, $"'{field}' is empty, and the model has no token that begins a text; give at least a character.");
    }

    private static List<int> OfConversation(GenerationModel model, IReadOnlyList<ChatTurn> messages, GenerationOptions options)
    {
        if (messages.Count is 0 or > MostTurns) throw new EdgeHostException(ErrorCode.InvalidArgument, $"'messages' must have 1 to {MostTurns} messages, not {messages.Count}.");
        Check(messages.Sum(static message => (long)message.Content.Length), options);
        if (model.Template is not { } template)
        {
            throw new EdgeHostException(ErrorCode.FailedPrecondition, $"The model {model.Name} has no chat template (tokenizer_config.json or chat_template.jinja); give a 'prompt' instead.");
        }

        // The template writes the tokens of the beginning itself.
        return model.Tokenizer.Encode(template.Value.Render(messages));
    }

    private static void Check(long characters, GenerationOptions options)
    {
        if (characters <= options.MaxCharacters) return;
        throw new EdgeHostException(
            ErrorCode.InvalidArgument, $"The text has {characters} characters; at most {options.MaxCharacters} are taken. Send less, or raise the plugin's setting 'generation:max_characters'.");
    }
}
