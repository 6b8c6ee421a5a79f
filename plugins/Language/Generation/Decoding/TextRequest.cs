using EdgeHost.Plugins.Language.Generation.Caching;
using EdgeHost.Plugins.Language.Generation.Grammars;
using EdgeHost.Plugins.Language.Generation.Sampling;

namespace EdgeHost.Plugins.Language.Generation.Decoding;

/// <summary>What is to be written. Immutable.</summary>
/// <param name="Prompt">The tokens before; at least one.</param>
/// <param name="MaxTokens">The most tokens to generate; at least one.</param>
/// <param name="Sampling">How they are chosen.</param>
/// <param name="Stops">Texts at which it ends.</param>
internal sealed record TextRequest(IReadOnlyList<int> Prompt, int MaxTokens, SamplingOptions Sampling, IReadOnlyList<string> Stops)
{
    /// <summary>What the model has read of the prompt's beginning before, at most all but its last token; becomes the text's own. Null for nothing.</summary>
    public CacheRow? Known { get; init; }

    /// <summary>What the text must match; null for anything.</summary>
    public GrammarGuide? Guide { get; init; }
}
