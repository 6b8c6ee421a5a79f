using System.Globalization;
using System.Text.Json;

namespace EdgeHost.Host.Configuration;

/// <summary>A single value: how it may be written, whether it is allowed, and how it is shown.</summary>
internal static class OptionValue
{
    private const double Unbounded = 9e18;

    private static readonly (string Unit, double Factor)[] ByteUnits =
        [("KiB", 1L << 10), ("MiB", 1L << 20), ("GiB", 1L << 30), ("TiB", 1L << 40), ("kB", 1e3), ("MB", 1e6), ("GB", 1e9), ("TB", 1e12), ("B", 1)];

    private static readonly (string Unit, double Factor)[] TimeUnits = [("ms", 1e-3), ("min", 60), ("s", 1), ("h", 3600), ("d", 86_400)];

    /// <summary>Reads a JSON value; null where it is not one that the node allows.</summary>
    public static object? Read(OptionNode node, JsonElement json)
    {
        var value = Parse(node, json);
        return value is not null && node.Range?.IsValid(value) != false ? value : null;
    }

    /// <summary>The value as the binder reads it.</summary>
    public static string ToText(object value) => value switch
    {
        TimeSpan time => time.ToString("c", CultureInfo.InvariantCulture),
        Enum name => name.ToString("G"),
        _ => Convert.ToString(value, CultureInfo.InvariantCulture) ?? string.Empty,
    };

    /// <summary>What is allowed, in words, with how it may be written.</summary>
    public static string Allowed(OptionNode node)
    {
        if (node.Type == typeof(TimeSpan)) return $"{Kind(node)}, written \"hh:mm:ss\" or as \"500 ms\", \"10 s\", \"5 min\", \"2 h\", \"1 d\"";
        return node.IsBytes ? $"{Kind(node)}, a number or text such as \"600 MB\", \"1 GiB\"" : Kind(node);
    }

    /// <summary>What is allowed, in words.</summary>
    public static string Kind(OptionNode node)
    {
        var type = node.Type;
        if (type == typeof(bool)) return "true or false";
        if (type == typeof(TimeSpan)) return $"a time{Bounds(node)}";
        if (node.IsBytes) return $"bytes{Bounds(node)}";
        if (type == typeof(UnixFileMode)) return "a mode as octal text such as \"0600\"";
        if (type.IsEnum) return $"one of {string.Join(", ", Enum.GetNames(type))}";
        if (type == typeof(Uri)) return "an absolute address";
        if (type == typeof(double)) return $"a number{Bounds(node)}";
        return type == typeof(string) ? "text" : $"a whole number{Bounds(node)}";
    }

    /// <summary>The value as a person would write it in the file.</summary>
    public static string Show(OptionNode node, object? value) => value switch
    {
        null => "null",
        bool truth => truth ? "true" : "false",
        UnixFileMode mode => "0" + Convert.ToString((int)mode, 8),
        TimeSpan time => InUnits(time),
        int or long when node.IsBytes => InUnits(Convert.ToInt64(value, CultureInfo.InvariantCulture)),
        _ => ToText(value),
    };

    private static object? Parse(OptionNode node, JsonElement json)
    {
        var type = node.Type;
        if (type == typeof(bool)) return json.ValueKind is JsonValueKind.True or JsonValueKind.False ? json.GetBoolean() : null;
        if (json.ValueKind == JsonValueKind.Number) return ParseNumber(type, json);
        if (json.ValueKind != JsonValueKind.String) return null;
        var text = json.GetString()!.Trim();
        if (type == typeof(string)) return json.GetString();
        if (type == typeof(TimeSpan)) return ParseTime(text);
        if (type == typeof(Uri)) return Uri.TryCreate(text, UriKind.Absolute, out var address) ? address : null;
        if (type == typeof(UnixFileMode)) return ParseMode(text);
        if (type.IsEnum) return Enum.GetNames(type).FirstOrDefault(name => name.Equals(text, StringComparison.OrdinalIgnoreCase)) is { } known ? Enum.Parse(type, known) : null;
        if (!node.IsBytes || WithUnit(text, ByteUnits) is not { } bytes || bytes > (type == typeof(int) ? int.MaxValue : Unbounded)) return null;
        return type == typeof(int) ? (object)(int)bytes : (long)bytes;
    }

    private static object? ParseNumber(Type type, JsonElement json)
    {
        if (type == typeof(int)) return json.TryGetInt32(out var small) ? small : null;
        if (type == typeof(long)) return json.TryGetInt64(out var large) ? large : null;

        // A bare number for a time would have to guess its unit (the binder reads it as days).
        return type == typeof(double) && json.TryGetDouble(out var real) && double.IsFinite(real) ? real : null;
    }

    private static TimeSpan? ParseTime(string text)
    {
        if (text.Contains(':', StringComparison.Ordinal)) return TimeSpan.TryParse(text, CultureInfo.InvariantCulture, out var time) ? time : null;
        return WithUnit(text, TimeUnits) is { } seconds && seconds <= TimeSpan.MaxValue.TotalSeconds / 2 ? TimeSpan.FromSeconds(seconds) : null;
    }

    private static UnixFileMode? ParseMode(string text)
    {
        if (text.Length is < 3 or > 4 || text.Any(digit => digit is < '0' or > '7')) return null;
        return (UnixFileMode)Convert.ToInt32(text, 8);
    }

    private static double? WithUnit(string text, (string Unit, double Factor)[] units)
    {
        foreach (var (unit, factor) in units)
        {
            if (!text.EndsWith(unit, StringComparison.OrdinalIgnoreCase)) continue;
            if (!double.TryParse(text.AsSpan(0, text.Length - unit.Length).Trim(), NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var number)) continue;
            return number * factor;
        }

        return null;
    }

    private static string Bounds(OptionNode node)
    {
        if (node.Range is not { } range) return string.Empty;
        var isOpen = node.Type != typeof(TimeSpan) && Convert.ToDouble(range.Maximum, CultureInfo.InvariantCulture) >= Unbounded;
        return isOpen ? $" from {Bound(node, range.Minimum)}" : $" from {Bound(node, range.Minimum)} to {Bound(node, range.Maximum)}";
    }

    private static string Bound(OptionNode node, object bound)
    {
        // The attribute has the text until it is first used, and the time afterwards.
        if (node.Type == typeof(TimeSpan)) return InUnits(bound is TimeSpan time ? time : TimeSpan.Parse((string)bound, CultureInfo.InvariantCulture));
        return node.IsBytes ? InUnits((long)Convert.ToDouble(bound, CultureInfo.InvariantCulture)) : Convert.ToString(bound, CultureInfo.InvariantCulture) ?? string.Empty;
    }

    // The largest unit that the value is a whole number of.
    private static string InUnits(TimeSpan time)
    {
        if (time == TimeSpan.Zero) return "0 s";
        foreach (var (unit, ticks) in ((string, long)[])[("d", TimeSpan.TicksPerDay), ("h", TimeSpan.TicksPerHour), ("min", TimeSpan.TicksPerMinute), ("s", TimeSpan.TicksPerSecond), ("ms", TimeSpan.TicksPerMillisecond)])
        {
            if (time.Ticks % ticks == 0) return string.Create(CultureInfo.InvariantCulture, $"{time.Ticks / ticks} {unit}");
        }

        return time.ToString("c", CultureInfo.InvariantCulture);
    }

    private static string InUnits(long bytes)
    {
        if (bytes == 0) return "0";
        foreach (var (unit, size) in ((string, long)[])[("TiB", 1L << 40), ("GiB", 1L << 30), ("MiB", 1L << 20), ("GB", 1_000_000_000), ("MB", 1_000_000), ("KiB", 1L << 10)])
        {
            if (bytes % size == 0) return string.Create(CultureInfo.InvariantCulture, $"{bytes / size} {unit}");
        }

        return bytes.ToString(CultureInfo.InvariantCulture);
    }
}
