using EdgeHost.Serialization;

namespace EdgeHost.Capabilities.Language;

/// <summary>What ends the stream of a generated text.</summary>
[WireMessage]
public sealed partial class GenerateResponse
{
    /// <summary>The model that was used, as id@version.</summary>
    public required string Model { get; init; }

    /// <summary><c>stop</c>: the model ended the text, a stop text came, or the grammar was complete; <c>length</c>: the limit of tokens was reached.</summary>
    public required string FinishReason { get; init; }

    /// <summary>Tokens of the prompt.</summary>
    public required int InputTokens { get; init; }

    /// <summary>Tokens generated, with the one that ended the text.</summary>
    public required int OutputTokens { get; init; }

    /// <summary>Tokens of the prompt that had been read before, in this session or another call.</summary>
    public int CachedTokens { get; init; }
}
