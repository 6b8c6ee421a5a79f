using System.Text;
using System.Text.Json;

namespace EdgeHost.Plugins.Language.Generation.Templates;

/// <summary>Finds the chat template in a model's files: <c>chat_template.jinja</c>, or <c>chat_template</c> in <c>tokenizer_config.json</c>.</summary>
internal static class TemplateFiles
{
    /// <summary>The file with the template alone.</summary>
    public const string TemplateFile = "chat_template.jinja";

    /// <summary>The file that says more of the tokenizer.</summary>
    public const string ConfigFile = "tokenizer_config.json";

    private static readonly string[] Tokens = ["bos_token", "eos_token", "pad_token", "unk_token"];

    /// <summary>Reads it.</summary>
    /// <param name="model">The model, for errors.</param>
    /// <param name="config">The file that says more, or null.</param>
    /// <param name="template">The file with the template, or null.</param>
    /// <returns>The template, or null where there is none, and the text of the token that ends what the model says, or null.</returns>
    /// <exception cref="EdgeHostException"><see cref="ErrorCode.FailedPrecondition"/>: a file cannot be read.</exception>
    public static (Lazy<ChatTemplate>? Template, string? End) Read(string model, ReadOnlyMemory<byte>? config, ReadOnlyMemory<byte>? template)
    {
        var names = new Dictionary<string, string>(StringComparer.Ordinal);
        string? source = null;
        if (config is { } bytes)
        {
            try
            {
                using var json = JsonDocument.Parse(bytes);
                foreach (var name in Tokens)
                {
                    if (json.RootElement.TryGetProperty(name, out var token) && TextOf(token) is { } text) names[name] = text;
                }

                if (json.RootElement.TryGetProperty("chat_template", out var given)) source = SourceOf(given);
            }
            catch (Exception e) when (e is JsonException or InvalidOperationException)
            {
                throw new EdgeHostException(ErrorCode.FailedPrecondition, $"The {ConfigFile} of the model {model} cannot be read: {e.Message}", e);
            }
        }

        if (template is { } own) source = Encoding.UTF8.GetString(own.Span);

        // One that cannot be read does not stand in the way of prompts.
        return (source is null ? null : new Lazy<ChatTemplate>(() => new ChatTemplate(source, names)), names.GetValueOrDefault("eos_token"));
    }

    // A text, or a map with its text as 'content'.
    private static string? TextOf(JsonElement token) => token.ValueKind switch
    {
        JsonValueKind.String => token.GetString(),
        JsonValueKind.Object when token.TryGetProperty("content", out var content) => content.GetString(),
        _ => null,
    };

    // Of several the one called 'default'.
    private static string? SourceOf(JsonElement given) => given.ValueKind switch
    {
        JsonValueKind.String => given.GetString(),
        JsonValueKind.Array => given.EnumerateArray().Where(static item => item.GetProperty("name").GetString() == "default").Select(static item => item.GetProperty("template").GetString()).FirstOrDefault(),
        _ => null,
    };
}
