using EdgeHost.Serialization;

namespace EdgeHost.Capabilities.Translation;

/// <summary>The end of a translation.</summary>
[WireMessage]
public sealed partial class TranslateStreamResponse
{
    /// <summary>The text's language, given or detected; <c>und</c> of a text without words.</summary>
    public required string Source { get; init; }

    /// <summary>The languages that it went through, the text's first, the wanted one last.</summary>
    public required IReadOnlyList<string> Route { get; init; }

    /// <summary>How many sentences were given.</summary>
    [WireField(Minimum = 0)]
    public required int Sentences { get; init; }

    /// <summary>The models that were used, as id@version, in order of use.</summary>
    public IReadOnlyList<string> Models { get; init; } = [];
}
