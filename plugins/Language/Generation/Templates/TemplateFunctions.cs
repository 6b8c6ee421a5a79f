using System.Globalization;

namespace EdgeHost.Plugins.Language.Generation.Templates;

/// <summary>Filters, methods, tests and functions that chat templates use. Thread-safe.</summary>
internal static class TemplateFunctions
{
    /// <summary>Applies a filter (<c>value|name(…)</c>).</summary>
    public static object? Filter(string name, object? value, object?[] arguments, IReadOnlyDictionary<string, object?> named, int line) => (name, value) switch
    {
        ("trim", _) => TemplateValues.Text(value).Trim(),
        ("upper", _) => TemplateValues.Text(value).ToUpperInvariant(),
        ("lower", _) => TemplateValues.Text(value).ToLowerInvariant(),
        ("title", _) => CultureInfo.InvariantCulture.TextInfo.ToTitleCase(TemplateValues.Text(value)),
        ("capitalize", string { Length: > 0 } text) => char.ToUpperInvariant(text[0]) + text[1..].ToLowerInvariant(),
        ("string", _) => TemplateValues.Text(value),
        ("safe" or "escape" or "e", _) => value,
        ("int", _) => long.TryParse(TemplateValues.Text(value), NumberStyles.Integer, CultureInfo.InvariantCulture, out var number) ? number : 0L,
        ("length" or "count", string text) => (long)text.Length,
        ("length" or "count", Dictionary<string, object?> map) => (long)map.Count,
        ("length" or "count", _) => (long)ItemsOf(value, name, line).Count,
        ("list", _) => ItemsOf(value, name, line),
        ("first", _) => ItemsOf(value, name, line) is { Count: > 0 } list ? list[0] : TemplateValues.Undefined,
        ("last", _) => ItemsOf(value, name, line) is { Count: > 0 } list ? list[^1] : TemplateValues.Undefined,
        ("reverse", _) => TemplateValues.Slice(value, null, null, -1),
        ("join", _) => string.Join(arguments.Length > 0 ? TemplateValues.Text(arguments[0]) : string.Empty, ItemsOf(value, name, line).Select(TemplateValues.Text)),
        ("replace", _) when arguments.Length >= 2 => Replace(TemplateValues.Text(value), arguments),
        ("default" or "d", _) => value == TemplateValues.Undefined || (arguments.Length > 1 && TemplateValues.IsTrue(arguments[1]) && !TemplateValues.IsTrue(value)) ? arguments.FirstOrDefault(string.Empty) : value,
        ("items", Dictionary<string, object?> map) => Pairs(map),
        ("tojson", _) => TemplateValues.ToJson(value, named.GetValueOrDefault("indent") as long? ?? arguments.FirstOrDefault() as long?),
        _ => throw TemplateProblem.At(line, $"the filter '{name}' is not known for this value"),
    };

    /// <summary>Calls a method of a value (<c>value.name(…)</c>).</summary>
    public static object? Method(string name, object? value, object?[] arguments, int line) => (name, value) switch
    {
        ("strip", string text) => text.Trim(Characters(arguments)),
        ("lstrip", string text) => text.TrimStart(Characters(arguments)),
        ("rstrip", string text) => text.TrimEnd(Characters(arguments)),
        ("upper", string text) => text.ToUpperInvariant(),
        ("lower", string text) => text.ToLowerInvariant(),
        ("title", string text) => CultureInfo.InvariantCulture.TextInfo.ToTitleCase(text),
        ("startswith", string text) when arguments is [string start] => text.StartsWith(start, StringComparison.Ordinal),
        ("endswith", string text) when arguments is [string end] => text.EndsWith(end, StringComparison.Ordinal),
        ("replace", string text) when arguments.Length >= 2 => Replace(text, arguments),
        ("split", string text) => Split(text, arguments),
        ("join", string text) when arguments.Length == 1 => string.Join(text, ItemsOf(arguments[0], name, line).Select(TemplateValues.Text)),
        ("items", Dictionary<string, object?> map) => Pairs(map),
        ("keys", Dictionary<string, object?> map) => map.Keys.Select(static key => (object?)key).ToList(),
        ("values", Dictionary<string, object?> map) => map.Values.ToList(),
        ("get", Dictionary<string, object?> map) when arguments is [string key, ..] => map.TryGetValue(key, out var found) ? found : arguments.ElementAtOrDefault(1),
        _ => throw TemplateProblem.At(line, $"the method '{name}' is not known for this value"),
    };

    /// <summary>Answers a test (<c>value is name</c>).</summary>
    public static bool Test(string name, object? value, object? argument, int line) => name switch
    {
        "defined" => value != TemplateValues.Undefined,
        "undefined" => value == TemplateValues.Undefined,
        "none" => value is null,
        "string" => value is string,
        "number" => value is long or double,
        "integer" => value is long,
        "boolean" => value is bool,
        "true" => value is true,
        "false" => value is false,
        "mapping" => value is Dictionary<string, object?>,
        "sequence" or "iterable" => value is string or IReadOnlyList<object?> or Dictionary<string, object?>,
        "odd" => value is long odd && odd % 2 != 0,
        "even" => value is long even && even % 2 == 0,
        "equalto" or "eq" => TemplateValues.Equals(value, argument),
        "in" => TemplateOperators.Contains(argument, value, line),
        _ => throw TemplateProblem.At(line, $"the test '{name}' is not known"),
    };

    /// <summary>Calls a function (<c>name(…)</c>).</summary>
    public static object? Call(string name, object?[] arguments, IReadOnlyDictionary<string, object?> named, int line) => name switch
    {
        "namespace" or "dict" => new Dictionary<string, object?>(named, StringComparer.Ordinal),
        "range" => Range(arguments, line),
        "raise_exception" => throw new EdgeHostException(ErrorCode.InvalidArgument, $"The model's chat template refuses the conversation: {TemplateValues.Text(arguments.FirstOrDefault())}"),
        _ => throw TemplateProblem.At(line, $"the function '{name}' is not known"),
    };

    private static List<object?> Range(object?[] arguments, int line)
    {
        var (from, to, step) = arguments switch
        {
            [long end] => (0L, end, 1L),
            [long begin, long end] => (begin, end, 1L),
            [long begin, long end, long by] when by != 0 => (begin, end, by),
            _ => throw TemplateProblem.At(line, "'range' takes one to three whole numbers"),
        };
        if (Math.Abs((to - from) / step) > 100_000) throw TemplateProblem.At(line, "'range' is longer than 100000");
        var numbers = new List<object?>();
        for (var number = from; step > 0 ? number < to : number > to; number += step) numbers.Add(number);
        return numbers;
    }

    private static string Replace(string text, object?[] arguments)
        => TemplateValues.Text(arguments[0]) is { Length: > 0 } old ? text.Replace(old, TemplateValues.Text(arguments[1]), StringComparison.Ordinal) : text;

    private static List<object?> Split(string text, object?[] arguments)
    {
        var parts = arguments is [string separator, ..]
            ? text.Split(separator, arguments.ElementAtOrDefault(1) is long most ? (int)most + 1 : int.MaxValue)
            : text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries);
        return [.. parts];
    }

    private static char[]? Characters(object?[] arguments) => arguments is [string characters, ..] ? characters.ToCharArray() : null;

    private static List<object?> Pairs(Dictionary<string, object?> map) => [.. map.Select(static pair => (object?)new List<object?> { pair.Key, pair.Value })];

    private static IReadOnlyList<object?> ItemsOf(object? value, string name, int line) => TemplateValues.Items(value) ?? throw TemplateProblem.At(line, $"'{name}' needs a list");
}
