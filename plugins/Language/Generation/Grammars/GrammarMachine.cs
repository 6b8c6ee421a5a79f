namespace EdgeHost.Plugins.Language.Generation.Grammars;

/// <summary>
/// Follows texts through a grammar byte by byte. A way on is a stack of positions; equal stacks and equal sets of them are one object each, so that what was found out of a state holds for each visit. Not thread-safe.
/// </summary>
internal sealed class GrammarMachine
{
    private const int MostStacks = 1_000_000;
    private const int MostStates = 100_000;
    private const int MostExpansions = 100_000;

    private readonly Grammar _grammar;

    // Stack 0 is the empty one.
    private readonly List<(int Position, int Below)> _stacks = [(-1, -1)];
    private readonly Dictionary<(int Position, int Below), int> _numbers = [];
    private readonly Dictionary<string, GrammarState> _states = new(StringComparer.Ordinal);
    private readonly SortedSet<int> _set = [];
    private readonly HashSet<(int Position, int Below)> _visited = [];
    private readonly Stack<(int Position, int Below)> _open = new();

    /// <summary>Begins.</summary>
    /// <param name="grammar">The grammar.</param>
    public GrammarMachine(Grammar grammar)
    {
        _grammar = grammar;
        foreach (var alternative in grammar.Alternatives(0)) _open.Push((alternative, 0));
        Start = Collect() ?? throw GrammarProblem.Of("nothing matches it");
    }

    /// <summary>Where every text begins.</summary>
    public GrammarState Start { get; }

    /// <summary>The state after a byte; null where it may not come.</summary>
    /// <exception cref="EdgeHostException"><see cref="ErrorCode.ResourceExhausted"/>: the text has gone too many ways.</exception>
    public GrammarState? Next(GrammarState state, byte value)
    {
        if (state.IsKnown[value]) return state.Next[value];
        foreach (var stack in state.Stacks)
        {
            if (stack == 0) continue;
            var (position, below) = _stacks[stack];
            var element = _grammar[position];
            if (value >= element.First && value <= element.Last) _open.Push((position + 1, below));
        }

        state.IsKnown[value] = true;
        return state.Next[value] = Collect();
    }

    // What is open is followed to the bytes that it begins with.
    private GrammarState? Collect()
    {
        _set.Clear();
        _visited.Clear();
        while (_open.TryPop(out var way))
        {
            if (!_visited.Add(way)) continue;
            if (_visited.Count > MostExpansions) throw Exhausted();
            var element = _grammar[way.Position];
            switch (element.Kind)
            {
                case GrammarElementKind.End when way.Below == 0:
                    _set.Add(0);
                    break;
                case GrammarElementKind.End:
                    _open.Push(_stacks[way.Below]);
                    break;
                case GrammarElementKind.Bytes:
                    _set.Add(Number(way));
                    break;
                default:
                    // What nothing follows needs no place to come back to: a repetition does not grow.
                    var below = _grammar[way.Position + 1].Kind == GrammarElementKind.End ? way.Below : Number((way.Position + 1, way.Below));
                    foreach (var alternative in _grammar.Alternatives(element.First)) _open.Push((alternative, below));
                    break;
            }
        }

        if (_set.Count == 0) return null;
        var key = string.Join(',', _set);
        if (_states.TryGetValue(key, out var known)) return known;
        if (_states.Count == MostStates) throw Exhausted();
        return _states[key] = new GrammarState([.. _set]);
    }

    private int Number((int Position, int Below) stack)
    {
        if (_numbers.TryGetValue(stack, out var number)) return number;
        if (_stacks.Count == MostStacks) throw Exhausted();
        _stacks.Add(stack);
        return _numbers[stack] = _stacks.Count - 1;
    }

    private static EdgeHostException Exhausted() => new(ErrorCode.ResourceExhausted, "The grammar can be followed in too many ways; make it less ambiguous, or ask for a shorter answer.");
}
