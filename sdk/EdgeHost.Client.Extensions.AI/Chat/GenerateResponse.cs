using EdgeHost.Serialization;

namespace EdgeHost.Client.Extensions.AI.Chat;

/// <summary>What ends the stream; a plugin says as much of it as it knows.</summary>
[WireMessage]
internal sealed partial class GenerateResponse
{
    /// <summary>The model as id@version.</summary>
    public string? Model { get; init; }

    /// <summary><c>stop</c> where the text came to its end, <c>length</c> where it was cut off.</summary>
    public string? FinishReason { get; init; }

    public long? InputTokens { get; init; }

    public long? OutputTokens { get; init; }
}
