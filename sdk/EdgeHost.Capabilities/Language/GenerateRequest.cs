using EdgeHost.Serialization;

namespace EdgeHost.Capabilities.Language;

/// <summary>Has a language model go on with a text or a conversation. One of <see cref="Prompt"/> and <see cref="Messages"/> is given.</summary>
[WireMessage]
public sealed partial class GenerateRequest
{
    /// <summary>The model's id; if absent, the host's default for the task <c>text-generation</c>.</summary>
    public string? Model { get; init; }

    /// <summary>A conversation, which the model's chat template turns into a text.</summary>
    public IReadOnlyList<ChatTurn>? Messages { get; init; }

    /// <summary>A text that the model goes on with as it is.</summary>
    public string? Prompt { get; init; }

    /// <summary>The most tokens to generate; 256 if absent. The host has a limit of its own.</summary>
    [WireField(Minimum = 1, Maximum = 1_000_000)]
    public int? MaxTokens { get; init; }

    /// <summary>How much chance there is in the choice, 0 (none: always the likeliest token) to 10; if absent 0 without <see cref="TopP"/>, <see cref="TopK"/> and <see cref="MinP"/>, else 1.</summary>
    [WireField(Minimum = 0, Maximum = 10)]
    public double? Temperature { get; init; }

    /// <summary>Only the so many likeliest tokens are chosen from; all if absent or 0.</summary>
    [WireField(Minimum = 0, Maximum = 1_000_000)]
    public int? TopK { get; init; }

    /// <summary>Only the likeliest tokens that together have this share are chosen from, above 0 to 1; all if absent.</summary>
    [WireField(Minimum = 0, Maximum = 1)]
    public double? TopP { get; init; }

    /// <summary>Only tokens at least this share as likely as the likeliest are chosen from, 0 to 1; all if absent.</summary>
    [WireField(Minimum = 0, Maximum = 1)]
    public double? MinP { get; init; }

    /// <summary>Logits of tokens that are in the text already are divided by it where above 0 and multiplied below; above 0 to 10, 1 (no effect) if absent.</summary>
    [WireField(Minimum = 0, Maximum = 10)]
    public double? RepetitionPenalty { get; init; }

    /// <summary>Taken off the logits of tokens that were generated already, -2 to 2; 0 if absent.</summary>
    [WireField(Minimum = -2, Maximum = 2)]
    public double? PresencePenalty { get; init; }

    /// <summary>Taken off the logits of tokens for each time that they were generated, -2 to 2; 0 if absent.</summary>
    [WireField(Minimum = -2, Maximum = 2)]
    public double? FrequencyPenalty { get; init; }

    /// <summary>Makes chance repeatable: the same request with the same seed gives the same text on the same machine; if absent, each call has a seed of its own.</summary>
    public long? Seed { get; init; }

    /// <summary>Texts at which generation ends; they are not part of the answer. At most 16, none empty or longer than 256 characters.</summary>
    public IReadOnlyList<string>? Stop { get; init; }

    /// <summary>A grammar in GBNF whose <c>root</c> the answer must match; not together with <see cref="ResponseSchema"/>.</summary>
    [WireField(MaxLength = 262_144)]
    public string? Grammar { get; init; }

    /// <summary>A JSON schema, as text, that the answer must satisfy; <c>{}</c> for any JSON. Not together with <see cref="Grammar"/>.</summary>
    [WireField(MaxLength = 262_144)]
    public string? ResponseSchema { get; init; }

    /// <summary>A name under which what the model has read is kept for the app's next call that begins with the same text: 1 to 64 of <c>a-z 0-9 _ -</c>. It changes time, never the answer.</summary>
    [WireField(MaxLength = 64)]
    public string? Session { get; init; }
}
