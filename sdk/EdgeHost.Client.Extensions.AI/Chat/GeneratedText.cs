using EdgeHost.Serialization;

namespace EdgeHost.Client.Extensions.AI.Chat;

/// <summary>A piece of the answer.</summary>
[WireMessage]
internal sealed partial class GeneratedText
{
    public required string Text { get; init; }
}
