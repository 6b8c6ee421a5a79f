using System.Globalization;

namespace EdgeHost.Runtime;

/// <summary>Durations for a person: <c>84 ms</c>, <c>1.5 s</c>, <c>12 s</c>, <c>3 min</c>.</summary>
internal static class Durations
{
    public static string Text(TimeSpan duration)
    {
        var culture = CultureInfo.InvariantCulture;
        if (duration.TotalMilliseconds < 9.95) return string.Create(culture, $"{Math.Max(0, duration.TotalMilliseconds):0.#} ms");
        if (duration.TotalSeconds < 1) return string.Create(culture, $"{duration.TotalMilliseconds:0} ms");
        if (duration.TotalSeconds < 9.95) return string.Create(culture, $"{duration.TotalSeconds:0.#} s");
        return duration.TotalSeconds < 120
            ? string.Create(culture, $"{duration.TotalSeconds:0} s")
            : string.Create(culture, $"{duration.TotalMinutes:0} min");
    }
}
