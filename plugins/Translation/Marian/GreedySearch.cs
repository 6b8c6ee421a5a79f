using System.Numerics.Tensors;
using System.Runtime.InteropServices;
using EdgeHost.Plugins.Text.Decoding;

namespace EdgeHost.Plugins.Translation.Marian;

/// <summary>Always the likeliest token, until the end, the limit, or a circle.</summary>
internal sealed class GreedySearch(MarianConfig config, int limit) : ISentenceSearch
{
    private readonly List<int> _tokens = [];

    public int Width => 1;

    public bool IsDone { get; private set; }

    public IReadOnlyList<int> Tokens => _tokens;

    public bool IsCut { get; private set; }

    public void Advance(Span<float> logits, Span<int> tokens, Span<int> parents)
    {
        foreach (var banned in config.Banned) logits[banned] = float.NegativeInfinity;
        var token = TensorPrimitives.IndexOfMax<float>(logits);
        if (token == config.EndId)
        {
            IsDone = true;
            return;
        }

        _tokens.Add(token);
        (tokens[0], parents[0]) = (token, 0);
        var circle = RepetitionRule.Find(CollectionsMarshal.AsSpan(_tokens));
        if (circle is { } kept) _tokens.RemoveRange(kept, _tokens.Count - kept);
        IsCut = IsDone = circle is not null || _tokens.Count >= limit;
    }
}
