using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace EdgeHost.Plugins.Language.Generation.Templates;

/// <summary>
/// Values of templates as Python has them: null, bool, long, double, string, lists (<see cref="IReadOnlyList{T}"/> of object) and maps (<see cref="Dictionary{TKey, TValue}"/> of texts to objects). Thread-safe.
/// </summary>
internal static class TemplateValues
{
    private static readonly JsonSerializerOptions Json = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };
    private static readonly JsonSerializerOptions Indented = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, WriteIndented = true };

    /// <summary>What is not there.</summary>
    public static object Undefined { get; } = new UndefinedValue();

    /// <summary>Whether it counts as true.</summary>
    public static bool IsTrue(object? value) => value switch
    {
        null or UndefinedValue => false,
        bool flag => flag,
        long number => number != 0,
        double number => number != 0,
        string text => text.Length > 0,
        IReadOnlyList<object?> list => list.Count > 0,
        Dictionary<string, object?> map => map.Count > 0,
        _ => true,
    };

    /// <summary>As it is written.</summary>
    public static string Text(object? value) => value switch
    {
        null => "None",
        UndefinedValue => string.Empty,
        bool flag => flag ? "True" : "False",
        long number => number.ToString(CultureInfo.InvariantCulture),
        double number => number.ToString("R", CultureInfo.InvariantCulture),
        string text => text,
        _ => ToJson(value, null),
    };

    /// <summary>As JSON.</summary>
    public static string ToJson(object? value, long? indent) => JsonSerializer.Serialize(value is UndefinedValue ? null : value, indent is null ? Json : Indented);

    /// <summary>Whether two are alike.</summary>
    public static new bool Equals(object? left, object? right) => (left, right) switch
    {
        (long a, double b) => a == b,
        (double a, long b) => a == b,
        (IReadOnlyList<object?> a, IReadOnlyList<object?> b) => a.Count == b.Count && a.Zip(b).All(static pair => Equals(pair.First, pair.Second)),
        _ => object.Equals(left, right),
    };

    /// <summary>The order of two numbers or texts; null where they have none.</summary>
    public static int? Compare(object? left, object? right) => (left, right) switch
    {
        (string a, string b) => string.CompareOrdinal(a, b),
        (long a, long b) => a.CompareTo(b),
        (long or double, long or double) => Convert.ToDouble(left, CultureInfo.InvariantCulture).CompareTo(Convert.ToDouble(right, CultureInfo.InvariantCulture)),
        _ => null,
    };

    /// <summary>A member or an item of it; <see cref="Undefined"/> where there is none.</summary>
    public static object? Item(object? value, object? key) => (value, key) switch
    {
        (Dictionary<string, object?> map, string name) => map.TryGetValue(name, out var found) ? found : Undefined,
        (IReadOnlyList<object?> list, long index) => Within(index, list.Count) is { } at ? list[at] : Undefined,
        (string text, long index) => Within(index, text.Length) is { } at ? text[at].ToString() : Undefined,
        _ => Undefined,
    };

    /// <summary>A part of a list or text, as Python's slices.</summary>
    public static object? Slice(object? value, long? from, long? to, long step)
    {
        var length = value switch { string text => text.Length, IReadOnlyList<object?> list => list.Count, _ => 0 };
        var first = from is { } f ? Math.Clamp(f < 0 ? f + length : f, step > 0 ? 0 : -1, step > 0 ? length : length - 1) : step > 0 ? 0 : length - 1;
        var end = to is { } t ? Math.Clamp(t < 0 ? t + length : t, step > 0 ? 0 : -1, length) : step > 0 ? length : -1;
        var indexes = new List<int>();
        for (var at = first; step > 0 ? at < end : at > end; at += step) indexes.Add((int)at);
        return value switch
        {
            string text => new string([.. indexes.Select(index => text[index])]),
            IReadOnlyList<object?> list => indexes.ConvertAll(index => list[index]),
            _ => Undefined,
        };
    }

    /// <summary>What a loop goes through; null where it cannot.</summary>
    public static IReadOnlyList<object?>? Items(object? value) => value switch
    {
        IReadOnlyList<object?> list => list,
        Dictionary<string, object?> map => [.. map.Keys],
        string text => [.. text.Select(static character => (object?)character.ToString())],
        UndefinedValue => [],
        _ => null,
    };

    private static int? Within(long index, int count)
    {
        var at = index < 0 ? index + count : index;
        return at >= 0 && at < count ? (int)at : null;
    }

    private sealed class UndefinedValue;
}
