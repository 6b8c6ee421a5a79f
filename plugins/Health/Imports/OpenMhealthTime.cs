using System.Text.Json;

namespace EdgeHost.Plugins.Health.Imports;

/// <summary>The time frames of Open mHealth. A reading over an interval is kept with the interval's start.</summary>
internal static class OpenMhealthTime
{
    private static readonly Dictionary<string, double> Milliseconds = new(StringComparer.Ordinal)
    {
        ["ps"] = 1e-9, ["ns"] = 1e-6, ["us"] = 1e-3, ["ms"] = 1, ["sec"] = 1e3, ["min"] = 6e4, ["h"] = 3.6e6, ["d"] = 8.64e7, ["wk"] = 6.048e8,
    };

    private const double MostMilliseconds = 8.64e9;

    /// <summary>When a body's reading was, or null where it only says the part of a day, which is no time.</summary>
    /// <exception cref="EdgeHostException"><see cref="ErrorCode.InvalidArgument"/>: there is no time frame, or one without an offset.</exception>
    public static (long Time, int? OffsetMinutes)? Of(JsonElement body, int number)
    {
        var frame = JsonFields.Child(body, "effective_time_frame") ?? throw OpenMhealthPoint.Invalid(number, "has no 'effective_time_frame'");
        if (JsonFields.Text(frame, "date_time") is { } instant) return Parse(instant, number);
        var interval = JsonFields.Child(frame, "time_interval") ?? throw OpenMhealthPoint.Invalid(number, "has neither 'date_time' nor 'time_interval'");
        if (JsonFields.Text(interval, "start_date_time") is { } start) return Parse(start, number);
        if (JsonFields.Text(interval, "end_date_time") is { } end)
        {
            var (time, offset) = Parse(end, number);
            return (time - Duration(interval, number), offset);
        }

        return JsonFields.Text(interval, "part_of_day") is not null && JsonFields.Text(interval, "date") is not null
            ? null
            : throw OpenMhealthPoint.Invalid(number, "has a 'time_interval' without start, end or part of a day");
    }

    private static (long Time, int? OffsetMinutes) Parse(string text, int number)
        => ImportTime.Parse(text) ?? throw OpenMhealthPoint.Invalid(number, $"has the time '{text}'; it takes ISO 8601 with an offset");

    private static long Duration(JsonElement interval, int number)
    {
        if (!JsonFields.TryGet(interval, "duration", out var duration)) throw OpenMhealthPoint.Invalid(number, "has a 'time_interval' with an end and neither start nor duration");
        if (duration.ValueKind != JsonValueKind.Object) throw OpenMhealthPoint.Invalid(number, "has a 'duration' that is no object");
        var (value, unit) = OpenMhealthPoint.Value(interval, "duration", number);
        if (!Milliseconds.TryGetValue(unit, out var factor) || value * factor is not (>= 0 and <= MostMilliseconds))
            throw OpenMhealthPoint.Invalid(number, $"has the duration '{value} {unit}'; it takes up to 100 days in {string.Join(", ", Milliseconds.Keys)}");
        return (long)(value * factor);
    }
}
