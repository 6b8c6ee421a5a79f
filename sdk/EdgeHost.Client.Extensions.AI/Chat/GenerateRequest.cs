using EdgeHost.Serialization;

namespace EdgeHost.Client.Extensions.AI.Chat;

/// <summary>What <c>language.generate</c> takes.</summary>
[WireMessage]
internal sealed partial class GenerateRequest
{
    public required IReadOnlyList<GenerateMessage> Messages { get; init; }

    public int? MaxTokens { get; init; }

    public double? Temperature { get; init; }

    public string? Grammar { get; init; }
}
