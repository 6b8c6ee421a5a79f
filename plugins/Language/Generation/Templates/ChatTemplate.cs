using EdgeHost.Capabilities.Language;

namespace EdgeHost.Plugins.Language.Generation.Templates;

/// <summary>
/// A chat template as models bring it: what of Jinja real ones use (<c>for</c>, <c>if</c>, <c>set</c>, filters, tests, slices, namespaces). What it does not know is an error that names it and its line. Immutable;
/// thread-safe.
/// </summary>
internal sealed class ChatTemplate
{
    private const int MostCharacters = 1 << 20;

    private readonly TemplateReader _reader;
    private readonly TemplateExpressions _expressions;
    private readonly List<Action<TemplateScope>> _body;
    private readonly IReadOnlyDictionary<string, string> _names;

    /// <summary>Reads a template.</summary>
    /// <param name="source">Its text.</param>
    /// <param name="names">Texts that it may use, for example <c>bos_token</c>.</param>
    /// <exception cref="EdgeHostException"><see cref="ErrorCode.FailedPrecondition"/>: it cannot be read.</exception>
    public ChatTemplate(string source, IReadOnlyDictionary<string, string> names)
    {
        if (source.Length > MostCharacters) throw TemplateProblem.At(1, $"it has more than {MostCharacters} characters");
        _names = names;
        _reader = new TemplateReader(new TemplateLexer(source).Cut());
        _expressions = new TemplateExpressions(_reader);
        _body = Body([]);
        if (_reader.Next.Kind != TemplateTokenKind.End) throw _reader.Unexpected("the end");
    }

    /// <summary>Makes the text of a conversation, up to where the model's answer begins.</summary>
    /// <param name="messages">The conversation.</param>
    /// <exception cref="EdgeHostException"><see cref="ErrorCode.InvalidArgument"/>: the template refuses it; <see cref="ErrorCode.FailedPrecondition"/>: it does what is not known.</exception>
    public string Render(IReadOnlyList<ChatTurn> messages)
    {
        var scope = new TemplateScope();
        foreach (var (name, text) in _names) scope.Set(name, text);
        scope.Set("add_generation_prompt", true);
        scope.Set("messages", messages.Select(static message => (object?)new Dictionary<string, object?>(StringComparer.Ordinal) { ["role"] = message.Role, ["content"] = message.Content }).ToList());
        scope.Set("tools", null);
        scope.Set("documents", null);
        Run(_body, scope);
        return scope.Output.ToString();
    }

    private static void Run(List<Action<TemplateScope>> body, TemplateScope scope)
    {
        foreach (var part in body)
        {
            scope.Step();
            part(scope);
        }
    }

    // Up to one of the words that end it, whose tag stays open.
    private List<Action<TemplateScope>> Body(string[] ends)
    {
        var body = new List<Action<TemplateScope>>();
        while (true)
        {
            var next = _reader.Next;
            switch (next.Kind)
            {
                case TemplateTokenKind.Data:
                    _reader.Take();
                    body.Add(scope => scope.Write(next.Text));
                    break;
                case TemplateTokenKind.OpenExpression:
                    _reader.Take();
                    var value = _expressions.Read();
                    _reader.Kind(TemplateTokenKind.Close);
                    body.Add(scope => scope.Write(TemplateValues.Text(value(scope))));
                    break;
                case TemplateTokenKind.OpenStatement when ends.Contains(_reader.After.Text):
                    _reader.Take();
                    return body;
                case TemplateTokenKind.OpenStatement:
                    _reader.Take();
                    body.Add(Statement());
                    break;
                default:
                    if (ends.Length > 0) throw _reader.Unexpected($"'{ends[^1]}'");
                    return body;
            }
        }
    }

    private Action<TemplateScope> Statement()
    {
        var word = _reader.Kind(TemplateTokenKind.Name);
        return word.Text switch
        {
            "if" => If(),
            "for" => For(),
            "set" => Set(),
            "generation" => Generation(),
            _ => throw TemplateProblem.At(word.Line, $"the statement '{word.Text}' is not known"),
        };
    }

    private Action<TemplateScope> If()
    {
        var condition = Condition();
        var then = Body(["elif", "else", "endif"]);
        Action<TemplateScope> otherwise = static _ => { };
        if (_reader.TryWord("elif"))
        {
            otherwise = If();
        }
        else if (_reader.TryWord("else"))
        {
            _reader.Kind(TemplateTokenKind.Close);
            var rest = Body(["endif"]);
            CloseWord("endif");
            otherwise = scope => Run(rest, scope);
        }
        else
        {
            CloseWord("endif");
        }

        return scope =>
        {
            if (TemplateValues.IsTrue(condition(scope))) Run(then, scope);
            else otherwise(scope);
        };
    }

    private Func<TemplateScope, object?> Condition()
    {
        var condition = _expressions.Read();
        _reader.Kind(TemplateTokenKind.Close);
        return condition;
    }

    private Action<TemplateScope> For()
    {
        var line = _reader.Next.Line;
        var names = new List<string> { _reader.Kind(TemplateTokenKind.Name).Text };
        while (_reader.TryOperator(",")) names.Add(_reader.Kind(TemplateTokenKind.Name).Text);
        _reader.Word("in");
        var source = _expressions.Or();
        var condition = _reader.TryWord("if") ? _expressions.Or() : null;
        _reader.Kind(TemplateTokenKind.Close);
        var body = Body(["else", "endfor"]);
        List<Action<TemplateScope>> otherwise = [];
        if (_reader.TryWord("else"))
        {
            _reader.Kind(TemplateTokenKind.Close);
            otherwise = Body(["endfor"]);
        }

        CloseWord("endfor");
        return scope =>
        {
            var all = TemplateValues.Items(source(scope)) ?? throw TemplateProblem.At(line, "'for' needs a list");
            if (condition is not null) all = [.. all.Where(item => TemplateValues.IsTrue(condition(With(scope, names, item, line))))];
            for (var i = 0; i < all.Count; i++)
            {
                var inner = With(scope, names, all[i], line);
                inner.Set("loop", Loop(all, i));
                Run(body, inner);
            }

            if (all.Count == 0) Run(otherwise, scope);
        };
    }

    private static TemplateScope With(TemplateScope scope, List<string> names, object? item, int line)
    {
        var inner = scope.Inner();
        if (names.Count == 1)
        {
            inner.Set(names[0], item);
            return inner;
        }

        if (item is not IReadOnlyList<object?> parts || parts.Count != names.Count) throw TemplateProblem.At(line, $"'for' names {names.Count} parts of each item, which has another number");
        for (var i = 0; i < names.Count; i++) inner.Set(names[i], parts[i]);
        return inner;
    }

    private static Dictionary<string, object?> Loop(IReadOnlyList<object?> all, int index) => new(StringComparer.Ordinal)
    {
        ["index"] = index + 1L,
        ["index0"] = (long)index,
        ["revindex"] = (long)all.Count - index,
        ["revindex0"] = (long)all.Count - index - 1,
        ["first"] = index == 0,
        ["last"] = index == all.Count - 1,
        ["length"] = (long)all.Count,
        ["previtem"] = index > 0 ? all[index - 1] : TemplateValues.Undefined,
        ["nextitem"] = index < all.Count - 1 ? all[index + 1] : TemplateValues.Undefined,
    };

    private Action<TemplateScope> Set()
    {
        var name = _reader.Kind(TemplateTokenKind.Name);
        var member = _reader.TryOperator(".") ? _reader.Kind(TemplateTokenKind.Name).Text : null;
        if (_reader.Next.Kind == TemplateTokenKind.Close && member is null)
        {
            _reader.Take();
            var body = Body(["endset"]);
            CloseWord("endset");
            return scope => scope.Set(name.Text, Captured(body, scope));
        }

        _reader.Operator("=");
        var value = Condition();
        if (member is null) return scope => scope.Set(name.Text, value(scope));
        return scope =>
        {
            if (scope.Get(name.Text) is not Dictionary<string, object?> map) throw TemplateProblem.At(name.Line, $"'{name.Text}' is no namespace");
            map[member] = value(scope);
        };
    }

    private static string Captured(List<Action<TemplateScope>> body, TemplateScope scope)
    {
        var begin = scope.Output.Length;
        Run(body, scope.Inner());
        var text = scope.Output.ToString(begin, scope.Output.Length - begin);
        scope.Output.Length = begin;
        return text;
    }

    // Marks what is learned from; it is written as it is.
    private Action<TemplateScope> Generation()
    {
        _reader.Kind(TemplateTokenKind.Close);
        var body = Body(["endgeneration"]);
        CloseWord("endgeneration");
        return scope => Run(body, scope);
    }

    private void CloseWord(string word)
    {
        _reader.Word(word);
        _reader.Kind(TemplateTokenKind.Close);
    }
}
