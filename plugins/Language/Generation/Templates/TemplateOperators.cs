using System.Globalization;

namespace EdgeHost.Plugins.Language.Generation.Templates;

/// <summary>Operators of templates. Thread-safe.</summary>
internal static class TemplateOperators
{
    /// <summary>Compares two values.</summary>
    public static bool Compare(string operation, object? left, object? right, int line)
    {
        switch (operation)
        {
            case "==": return TemplateValues.Equals(left, right);
            case "!=": return !TemplateValues.Equals(left, right);
            case "in": return Contains(right, left, line);
            case "not in": return !Contains(right, left, line);
        }

        var order = TemplateValues.Compare(left, right) ?? throw TemplateProblem.At(line, $"'{operation}' needs two numbers or two texts");
        return operation switch { "<" => order < 0, "<=" => order <= 0, ">" => order > 0, _ => order >= 0 };
    }

    /// <summary>Whether a list, map or text has something.</summary>
    public static bool Contains(object? all, object? part, int line) => (all, part) switch
    {
        (string text, string inner) => text.Contains(inner, StringComparison.Ordinal),
        (Dictionary<string, object?> map, string key) => map.ContainsKey(key),
        (IReadOnlyList<object?> list, _) => list.Any(item => TemplateValues.Equals(item, part)),
        _ when all == TemplateValues.Undefined => false,
        _ => throw TemplateProblem.At(line, "'in' needs a list, a map or a text"),
    };

    /// <summary>Reckons with two values.</summary>
    public static object? Reckon(string operation, object? left, object? right, int line)
    {
        if (operation == "~") return TemplateValues.Text(left) + TemplateValues.Text(right);
        switch (operation, left, right)
        {
            case ("+", string a, string b): return a + b;
            case ("+", IReadOnlyList<object?> a, IReadOnlyList<object?> b): return a.Concat(b).ToList();
            case ("+", long a, long b): return a + b;
            case ("-", long a, long b): return a - b;
            case ("*", long a, long b): return a * b;
            case ("//", long a, long b) when b != 0: return (long)Math.Floor((double)a / b);
            case ("%", long a, long b) when b != 0: return ((a % b) + b) % b;
        }

        if (left is not (long or double) || right is not (long or double)) throw TemplateProblem.At(line, $"'{operation}' does not fit its values");
        var (x, y) = (Convert.ToDouble(left, CultureInfo.InvariantCulture), Convert.ToDouble(right, CultureInfo.InvariantCulture));
        return operation switch { "+" => x + y, "-" => x - y, "*" => x * y, "/" => x / y, _ => throw TemplateProblem.At(line, $"'{operation}' does not fit its values") };
    }
}
