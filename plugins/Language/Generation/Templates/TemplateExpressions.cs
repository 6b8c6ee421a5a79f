using System.Globalization;

namespace EdgeHost.Plugins.Language.Generation.Templates;

/// <summary>Reads the expressions of a template into functions. For one template.</summary>
internal sealed class TemplateExpressions(TemplateReader reader)
{
    private const int MostDepth = 64;

    private int _depth;

    /// <summary>Reads one: a choice, or what is below it.</summary>
    public Func<TemplateScope, object?> Read()
    {
        if (++_depth > MostDepth) throw TemplateProblem.At(reader.Next.Line, $"it is nested deeper than {MostDepth}");
        var value = Or();
        while (reader.TryWord("if"))
        {
            var (then, condition) = (value, Or());
            Func<TemplateScope, object?> otherwise = reader.TryWord("else") ? Read() : static _ => TemplateValues.Undefined;
            value = scope => TemplateValues.IsTrue(condition(scope)) ? then(scope) : otherwise(scope);
        }

        _depth--;
        return value;
    }

    /// <summary>Reads one without a choice, as loops have it before their condition.</summary>
    public Func<TemplateScope, object?> Or()
    {
        var left = And();
        while (reader.TryWord("or"))
        {
            var (first, second) = (left, And());
            left = scope => first(scope) is var value && TemplateValues.IsTrue(value) ? value : second(scope);
        }

        return left;
    }

    private Func<TemplateScope, object?> And()
    {
        var left = Not();
        while (reader.TryWord("and"))
        {
            var (first, second) = (left, Not());
            left = scope => first(scope) is var value && !TemplateValues.IsTrue(value) ? value : second(scope);
        }

        return left;
    }

    private Func<TemplateScope, object?> Not()
    {
        if (!reader.TryWord("not")) return Comparison();
        var value = Not();
        return scope => !TemplateValues.IsTrue(value(scope));
    }

    private Func<TemplateScope, object?> Comparison()
    {
        var left = Sum();
        while (true)
        {
            var line = reader.Next.Line;
            string? operation = null;
            if (reader.Next.Kind == TemplateTokenKind.Operator && reader.Next.Text is "==" or "!=" or "<" or ">" or "<=" or ">=") operation = reader.Take().Text;
            else if (reader.TryWord("in")) operation = "in";
            else if (reader.IsWord("not") && reader.After.Text == "in") (operation, _, _) = ("not in", reader.Take(), reader.Take());
            if (operation is null) return left;
            var (first, second, name) = (left, Sum(), operation);
            left = scope => TemplateOperators.Compare(name, first(scope), second(scope), line);
        }
    }

    private Func<TemplateScope, object?> Sum() => Binary(Joined, "+", "-");

    private Func<TemplateScope, object?> Joined() => Binary(Product, "~");

    private Func<TemplateScope, object?> Product() => Binary(Unary, "*", "/", "//", "%");

    private Func<TemplateScope, object?> Binary(Func<Func<TemplateScope, object?>> inner, params string[] operations)
    {
        var left = inner();
        while (reader.Next.Kind == TemplateTokenKind.Operator && operations.Contains(reader.Next.Text))
        {
            var operation = reader.Take();
            var (first, second) = (left, inner());
            left = scope => TemplateOperators.Reckon(operation.Text, first(scope), second(scope), operation.Line);
        }

        return left;
    }

    private Func<TemplateScope, object?> Unary()
    {
        var line = reader.Next.Line;
        if (!reader.TryOperator("-")) return Postfix(Primary());
        var value = Unary();
        return scope => TemplateOperators.Reckon("-", 0L, value(scope), line);
    }

    private Func<TemplateScope, object?> Postfix(Func<TemplateScope, object?> value)
    {
        while (true)
        {
            var (inner, line) = (value, reader.Next.Line);
            if (reader.TryOperator("."))
            {
                var name = reader.Kind(TemplateTokenKind.Name).Text;
                if (reader.IsOperator("("))
                {
                    var (arguments, _) = Arguments();
                    value = scope => TemplateFunctions.Method(name, inner(scope), Values(arguments, scope), line);
                }
                else
                {
                    value = scope => TemplateValues.Item(inner(scope), name);
                }
            }
            else if (reader.TryOperator("["))
            {
                value = Subscript(inner, line);
            }
            else if (reader.TryOperator("|"))
            {
                var name = reader.Kind(TemplateTokenKind.Name).Text;
                var (arguments, named) = reader.IsOperator("(") ? Arguments() : ([], []);
                value = scope => TemplateFunctions.Filter(name, inner(scope), Values(arguments, scope), Values(named, scope), line);
            }
            else if (reader.TryWord("is"))
            {
                var isNot = reader.TryWord("not");
                var name = reader.Kind(TemplateTokenKind.Name).Text;
                Func<TemplateScope, object?>? argument = name is "equalto" or "eq" or "in" ? Primary() : null;
                value = scope => TemplateFunctions.Test(name, inner(scope), argument?.Invoke(scope), line) != isNot;
            }
            else
            {
                return value;
            }
        }
    }

    private Func<TemplateScope, object?> Subscript(Func<TemplateScope, object?> value, int line)
    {
        var from = reader.IsOperator(":") ? null : Read();
        if (reader.TryOperator("]")) return scope => TemplateValues.Item(value(scope), from!(scope));
        reader.Operator(":");
        var to = reader.IsOperator(":") || reader.IsOperator("]") ? null : Read();
        var step = reader.TryOperator(":") && !reader.IsOperator("]") ? Read() : null;
        reader.Operator("]");
        return scope =>
        {
            var by = step?.Invoke(scope) as long? ?? 1;
            if (by == 0) throw TemplateProblem.At(line, "a slice has the step 0");
            return TemplateValues.Slice(value(scope), from?.Invoke(scope) as long?, to?.Invoke(scope) as long?, by);
        };
    }

    private Func<TemplateScope, object?> Primary()
    {
        var token = reader.Take();
        switch (token.Kind)
        {
            case TemplateTokenKind.Text:
                // Texts side by side are one.
                var text = token.Text;
                while (reader.Next.Kind == TemplateTokenKind.Text) text += reader.Take().Text;
                return _ => text;
            case TemplateTokenKind.Number:
                object? number = long.TryParse(token.Text, NumberStyles.None, CultureInfo.InvariantCulture, out var whole) ? (object)whole : double.Parse(token.Text, CultureInfo.InvariantCulture);
                return _ => number;
            case TemplateTokenKind.Name:
                return Named(token);
            case TemplateTokenKind.Operator when token.Text == "(":
                var inner = Read();
                reader.Operator(")");
                return inner;
            case TemplateTokenKind.Operator when token.Text == "[":
                var items = List();
                return scope => items.ConvertAll(item => item(scope));
            case TemplateTokenKind.Operator when token.Text == "{":
                return Map();
            default:
                throw TemplateProblem.At(token.Line, $"a value was expected, not '{token.Text}'");
        }
    }

    private Func<TemplateScope, object?> Named(TemplateToken token)
    {
        switch (token.Text)
        {
            case "true" or "True": return static _ => true;
            case "false" or "False": return static _ => false;
            case "none" or "None": return static _ => null;
        }

        if (!reader.IsOperator("(")) return scope => scope.Get(token.Text);
        var (arguments, named) = Arguments();
        return scope => TemplateFunctions.Call(token.Text, Values(arguments, scope), Values(named, scope), token.Line);
    }

    private List<Func<TemplateScope, object?>> List()
    {
        var items = new List<Func<TemplateScope, object?>>();
        while (!reader.TryOperator("]"))
        {
            items.Add(Read());
            if (!reader.IsOperator("]")) reader.Operator(",");
        }

        return items;
    }

    private Func<TemplateScope, object?> Map()
    {
        var pairs = new List<(Func<TemplateScope, object?> Key, Func<TemplateScope, object?> Value)>();
        while (!reader.TryOperator("}"))
        {
            var key = Read();
            reader.Operator(":");
            pairs.Add((key, Read()));
            if (!reader.IsOperator("}")) reader.Operator(",");
        }

        return scope => pairs.ToDictionary(pair => TemplateValues.Text(pair.Key(scope)), pair => pair.Value(scope), StringComparer.Ordinal);
    }

    private (List<Func<TemplateScope, object?>> Arguments, Dictionary<string, Func<TemplateScope, object?>> Named) Arguments()
    {
        reader.Operator("(");
        var arguments = new List<Func<TemplateScope, object?>>();
        var named = new Dictionary<string, Func<TemplateScope, object?>>(StringComparer.Ordinal);
        while (!reader.TryOperator(")"))
        {
            if (reader.Next.Kind == TemplateTokenKind.Name && reader.After is { Kind: TemplateTokenKind.Operator, Text: "=" })
            {
                var name = reader.Take().Text;
                reader.Take();
                named[name] = Read();
            }
            else
            {
                arguments.Add(Read());
            }

            if (!reader.IsOperator(")")) reader.Operator(",");
        }

        return (arguments, named);
    }

    private static object?[] Values(List<Func<TemplateScope, object?>> arguments, TemplateScope scope) => [.. arguments.Select(argument => argument(scope))];

    private static Dictionary<string, object?> Values(Dictionary<string, Func<TemplateScope, object?>> named, TemplateScope scope)
        => named.ToDictionary(static pair => pair.Key, pair => pair.Value(scope), StringComparer.Ordinal);
}
