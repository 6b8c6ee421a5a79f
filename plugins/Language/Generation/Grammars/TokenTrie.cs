using EdgeHost.Plugins.Language.Generation.Tokenizers;

namespace EdgeHost.Plugins.Language.Generation.Grammars;

/// <summary>The tokens of a vocabulary by their bytes, as a tree: what begins alike is followed once. Immutable; thread-safe.</summary>
internal sealed class TokenTrie
{
    private readonly List<Node> _nodes = [new Node(0)];
    private readonly List<int> _tokens = [];

    /// <summary>Builds it of all tokens that are text.</summary>
    public TokenTrie(TextTokenizer tokenizer)
    {
        Count = tokenizer.Count;
        var texts = Enumerable.Range(0, tokenizer.Count).Where(token => tokenizer.BytesOf(token).Length > 0).Select(token => (Bytes: tokenizer.BytesOf(token).ToArray(), Token: token)).ToList();
        texts.Sort(static (left, right) => left.Bytes.AsSpan().SequenceCompareTo(right.Bytes) is not 0 and var order ? order : left.Token.CompareTo(right.Token));
        Build(0, texts, 0, texts.Count, 0);
    }

    /// <summary>How many ids there are.</summary>
    public int Count { get; }

    /// <summary>Marks the tokens that may come in a state of a grammar.</summary>
    /// <param name="machine">The grammar.</param>
    /// <param name="state">The state.</param>
    /// <param name="bits">A bit a token; those that may come are set.</param>
    public void Mark(GrammarMachine machine, GrammarState state, ulong[] bits)
    {
        var open = new Stack<(int Node, GrammarState State)>();
        open.Push((0, state));
        while (open.TryPop(out var way))
        {
            var node = _nodes[way.Node];
            for (var child = node.FirstChild; child < node.FirstChild + node.Children; child++)
            {
                if (machine.Next(way.State, _nodes[child].Value) is not { } next) continue;
                var found = _nodes[child];
                for (var i = found.FirstToken; i < found.FirstToken + found.Tokens; i++) bits[_tokens[i] >> 6] |= 1UL << (_tokens[i] & 63);
                if (found.Children > 0) open.Push((child, next));
            }
        }
    }

    // The tokens from begin to end share the bytes before depth.
    private void Build(int node, List<(byte[] Bytes, int Token)> texts, int begin, int end, int depth)
    {
        var groups = new List<(int Begin, int End)>();
        for (var at = begin; at < end;)
        {
            var value = texts[at].Bytes[depth];
            var next = at + 1;
            while (next < end && texts[next].Bytes[depth] == value) next++;
            groups.Add((at, next));
            at = next;
        }

        var first = _nodes.Count;
        foreach (var (groupBegin, groupEnd) in groups)
        {
            var inner = groupBegin;
            while (inner < groupEnd && texts[inner].Bytes.Length == depth + 1) inner++;
            _nodes.Add(new Node(texts[groupBegin].Bytes[depth]) { FirstToken = _tokens.Count, Tokens = inner - groupBegin });
            for (var i = groupBegin; i < inner; i++) _tokens.Add(texts[i].Token);
        }

        _nodes[node] = _nodes[node] with { FirstChild = first, Children = groups.Count };
        for (var i = 0; i < groups.Count; i++)
        {
            var inner = groups[i].Begin + _nodes[first + i].Tokens;
            if (inner < groups[i].End) Build(first + i, texts, inner, groups[i].End, depth + 1);
        }
    }

    private readonly record struct Node(byte Value)
    {
        public int FirstChild { get; init; }

        public int Children { get; init; }

        public int FirstToken { get; init; }

        public int Tokens { get; init; }
    }
}
