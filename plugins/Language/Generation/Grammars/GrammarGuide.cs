namespace EdgeHost.Plugins.Language.Generation.Grammars;

/// <summary>Keeps one text within a grammar: says which tokens may come next. Not thread-safe.</summary>
internal sealed class GrammarGuide
{
    private const int MostMasks = 256;

    private readonly GrammarMachine _machine;
    private readonly TokenTrie _trie;
    private readonly IReadOnlySet<int> _ends;
    private readonly Queue<GrammarState> _masked = new();
    private GrammarState _state;

    /// <summary>Begins a text.</summary>
    /// <param name="grammar">The grammar.</param>
    /// <param name="trie">The tokens.</param>
    /// <param name="ends">Tokens that end a text.</param>
    public GrammarGuide(Grammar grammar, TokenTrie trie, IReadOnlySet<int> ends)
    {
        (_machine, _trie, _ends) = (new GrammarMachine(grammar), trie, ends);
        _state = _machine.Start;
    }

    /// <summary>Whether the text may end.</summary>
    public bool MayEnd => _state.MayEnd;

    /// <summary>Whether nothing more may come.</summary>
    public bool IsComplete => _state.MustEnd;

    /// <summary>Takes chances from the tokens that may not come.</summary>
    /// <param name="logits">One a token.</param>
    public void Restrict(Span<float> logits)
    {
        var bits = Mask();
        for (var token = 0; token < logits.Length; token++)
        {
            var may = token < _trie.Count && (bits[token >> 6] & (1UL << (token & 63))) != 0;
            if (!may && !(_state.MayEnd && _ends.Contains(token))) logits[token] = float.NegativeInfinity;
        }
    }

    /// <summary>Whether a token may come next.</summary>
    public bool Allows(int token) => (Mask()[token >> 6] & (1UL << (token & 63))) != 0;

    /// <summary>Goes on by a token's bytes, which must be allowed.</summary>
    public void Accept(ReadOnlySpan<byte> bytes)
    {
        foreach (var value in bytes) _state = _machine.Next(_state, value) ?? throw new InvalidOperationException("The token is not within the grammar.");
    }

    private ulong[] Mask()
    {
        if (_state.Tokens is { } known) return known;
        if (_masked.Count == MostMasks) _masked.Dequeue().Tokens = null;
        var bits = new ulong[(_trie.Count + 63) / 64];
        _trie.Mark(_machine, _state, bits);
        _masked.Enqueue(_state);
        return _state.Tokens = bits;
    }
}
