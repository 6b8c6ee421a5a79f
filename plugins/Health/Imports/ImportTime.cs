using System.Globalization;

namespace EdgeHost.Plugins.Health.Imports;

/// <summary>Reads times of files.</summary>
internal static class ImportTime
{
    /// <summary>A time and its offset from UTC in minutes, or null if the text is none. Without an offset it is none: nobody knows which time it is.</summary>
    public static (long Time, int? OffsetMinutes)? Parse(ReadOnlySpan<char> text)
    {
        if (long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var milliseconds)) return (milliseconds, null);
        return HasOffset(text) && DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.None, out var time)
            ? (time.ToUnixTimeMilliseconds(), (int)time.Offset.TotalMinutes)
            : null;
    }

    private static bool HasOffset(ReadOnlySpan<char> text) => text.Length > 10 && (text[^1] == 'Z' || text.LastIndexOfAny('+', '-') > 10);
}
