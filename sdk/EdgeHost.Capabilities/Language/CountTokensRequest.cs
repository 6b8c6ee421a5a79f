using EdgeHost.Serialization;

namespace EdgeHost.Capabilities.Language;

/// <summary>Counts the tokens that a text or a conversation is for a model. One of <see cref="Text"/> and <see cref="Messages"/> is given.</summary>
[WireMessage]
public sealed partial class CountTokensRequest
{
    /// <summary>A text, counted as <c>language.generate</c> takes its prompt.</summary>
    public string? Text { get; init; }

    /// <summary>A conversation, counted with what the model's chat template adds.</summary>
    public IReadOnlyList<ChatTurn>? Messages { get; init; }

    /// <summary>The model's id; if absent, the host's default for the task <c>text-generation</c>.</summary>
    public string? Model { get; init; }
}
