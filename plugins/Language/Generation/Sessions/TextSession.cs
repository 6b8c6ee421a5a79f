using EdgeHost.Plugins.Language.Generation.Caching;

namespace EdgeHost.Plugins.Language.Generation.Sessions;

/// <summary>What a model has read of one conversation of an app. Immutable; disposed by its store.</summary>
/// <param name="Model"><c>id@version</c>.</param>
/// <param name="Tokens">The tokens that were read.</param>
/// <param name="Read">What the model made of them, as many.</param>
/// <param name="Bytes">Bytes that it takes.</param>
internal sealed record TextSession(string Model, int[] Tokens, CacheRow Read, long Bytes)
{
    /// <summary>How much of a text it has read; all but the last token at most.</summary>
    public int Common(IReadOnlyList<int> prompt)
    {
        var most = Math.Min(Tokens.Length, prompt.Count - 1);
        var count = 0;
        while (count < most && Tokens[count] == prompt[count]) count++;
        return count;
    }
}
