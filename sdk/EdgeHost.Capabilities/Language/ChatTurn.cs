using EdgeHost.Serialization;

namespace EdgeHost.Capabilities.Language;

/// <summary>One message of a conversation.</summary>
[WireMessage]
public sealed partial class ChatTurn
{
    /// <summary>Who says it: <c>system</c>, <c>user</c>, <c>assistant</c>, or what else the model's chat template knows.</summary>
    [WireField(MaxLength = 64)]
    public required string Role { get; init; }

    /// <summary>What is said.</summary>
    public required string Content { get; init; }
}
