using EdgeHost.Serialization;

namespace EdgeHost.Capabilities.Language;

/// <summary>How many tokens a text is.</summary>
[WireMessage]
public sealed partial class CountTokensResponse
{
    /// <summary>The count.</summary>
    public required int Tokens { get; init; }

    /// <summary>The most tokens that the model reads and writes together; absent where its files do not say.</summary>
    public int? ContextTokens { get; init; }

    /// <summary>The model, as id@version.</summary>
    public required string Model { get; init; }
}
