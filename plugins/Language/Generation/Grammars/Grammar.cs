namespace EdgeHost.Plugins.Language.Generation.Grammars;

/// <summary>A grammar of bytes: rules of alternatives of sequences. Rule 0 is the whole text. Immutable.</summary>
internal sealed class Grammar
{
    private readonly List<GrammarElement> _elements = [];
    private readonly int[][] _rules;

    /// <summary>Takes rules.</summary>
    /// <param name="rules">For each rule its alternatives.</param>
    /// <param name="names">The rules' names, for errors.</param>
    /// <exception cref="EdgeHostException"><see cref="ErrorCode.InvalidArgument"/>: a rule begins with itself, so that nobody could tell where it ends.</exception>
    public Grammar(IReadOnlyList<IReadOnlyList<GrammarElement[]>> rules, IReadOnlyList<string> names)
    {
        _rules = new int[rules.Count][];
        for (var rule = 0; rule < rules.Count; rule++)
        {
            _rules[rule] = new int[rules[rule].Count];
            for (var i = 0; i < rules[rule].Count; i++)
            {
                _rules[rule][i] = _elements.Count;
                _elements.AddRange(rules[rule][i]);
                _elements.Add(GrammarElement.End);
            }
        }

        CheckRecursion(names);
    }

    /// <summary>The element at a position.</summary>
    public GrammarElement this[int position] => _elements[position];

    /// <summary>Where the alternatives of a rule begin.</summary>
    public IReadOnlyList<int> Alternatives(int rule) => _rules[rule];

    private void CheckRecursion(IReadOnlyList<string> names)
    {
        var empty = Empty();
        var state = new byte[_rules.Length];
        for (var rule = 0; rule < _rules.Length; rule++) Visit(rule);

        void Visit(int rule)
        {
            if (state[rule] == 2) return;
            if (state[rule] == 1) throw GrammarProblem.Of($"the rule '{names[rule]}' can begin with itself, or repeats what may be nothing");
            state[rule] = 1;
            foreach (var alternative in _rules[rule])
            {
                for (var at = alternative; _elements[at].Kind == GrammarElementKind.Rule; at++)
                {
                    Visit(_elements[at].First);
                    if (!empty[_elements[at].First]) break;
                }
            }

            state[rule] = 2;
        }
    }

    // Which rules may be nothing.
    private bool[] Empty()
    {
        var empty = new bool[_rules.Length];
        for (var changes = true; changes;)
        {
            changes = false;
            for (var rule = 0; rule < _rules.Length; rule++)
            {
                if (empty[rule] || !_rules[rule].Any(CanBeNothing)) continue;
                empty[rule] = changes = true;
            }
        }

        return empty;

        bool CanBeNothing(int at)
        {
            while (_elements[at].Kind == GrammarElementKind.Rule && empty[_elements[at].First]) at++;
            return _elements[at].Kind == GrammarElementKind.End;
        }
    }
}
