using EdgeHost.Serialization;

namespace TestPlugins.SimulatedAI;

[WireMessage]
internal sealed partial class GenerateRequest
{
    public required IReadOnlyList<Message> Messages { get; init; }

    [WireField(Minimum = 1)]
    public int? MaxTokens { get; init; }

    public double? Temperature { get; init; }

    public string? Grammar { get; init; }
}

[WireMessage]
internal sealed partial class Message
{
    public required string Role { get; init; }

    public required string Content { get; init; }
}

[WireMessage]
internal sealed partial class GeneratedText
{
    public required string Text { get; init; }
}

[WireMessage]
internal sealed partial class GenerateResponse
{
    public string? Model { get; init; }

    public string? FinishReason { get; init; }

    public long? InputTokens { get; init; }

    public long? OutputTokens { get; init; }
}

[WireMessage]
internal sealed partial class EmbedRequest
{
    public required IReadOnlyList<string> Texts { get; init; }
}

[WireMessage]
internal sealed partial class EmbedResponse
{
    public required IReadOnlyList<ReadOnlyMemory<byte>> Embeddings { get; init; }

    public string? Model { get; init; }

    public long? InputTokens { get; init; }
}
