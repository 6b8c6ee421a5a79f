using EdgeHost.Serialization;

namespace EdgeHost.Client.Extensions.AI.Chat;

/// <summary>One message of a conversation.</summary>
[WireMessage]
internal sealed partial class GenerateMessage
{
    /// <summary><c>system</c>, <c>user</c> or <c>assistant</c>.</summary>
    public required string Role { get; init; }

    public required string Content { get; init; }
}
