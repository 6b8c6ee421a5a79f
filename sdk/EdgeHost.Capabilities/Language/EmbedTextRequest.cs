using EdgeHost.Serialization;

namespace EdgeHost.Capabilities.Language;

/// <summary>Makes vectors of texts: texts that mean alike have vectors that point alike.</summary>
[WireMessage]
public sealed partial class EmbedTextRequest
{
    /// <summary>The texts, at least one; the host has limits on their number and length.</summary>
    public required IReadOnlyList<string> Texts { get; init; }

    /// <summary>The model's id; if absent, the host's default for the task <c>text-embedding</c>.</summary>
    public string? Model { get; init; }

    /// <summary>Whether vectors are made of length 1; if absent, as the model says, which is yes for most.</summary>
    public bool? Normalize { get; init; }
}
