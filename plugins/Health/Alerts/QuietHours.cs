using System.Globalization;
using EdgeHost.Capabilities.Health;

namespace EdgeHost.Plugins.Health.Alerts;

/// <summary>The hours in which only urgent alerts are said. Immutable.</summary>
/// <param name="Start">When they begin, in minutes of the day.</param>
/// <param name="End">When they end; before the start: on the next day.</param>
internal sealed record QuietHours(int Start, int End)
{
    private const string Form = "HH:mm";

    /// <summary>Reads what an app has sent.</summary>
    /// <exception cref="EdgeHostException"><see cref="ErrorCode.InvalidArgument"/>: a time is none, or both are the same.</exception>
    public static QuietHours From(HealthQuietHours given)
    {
        var (start, end) = (MinuteOf(given.Start, "start"), MinuteOf(given.End, "end"));
        return start != end ? new QuietHours(start, end) : throw new EdgeHostException(ErrorCode.InvalidArgument, "quiet_hours begin and end at the same time; give two times, or 'no_quiet_hours'.");
    }

    /// <summary>The same as a message.</summary>
    public HealthQuietHours ToMessage() => new() { Start = TextOf(Start), End = TextOf(End) };

    /// <summary>When the quiet hours end that a time is in, or null if it is in none.</summary>
    /// <param name="now">The time.</param>
    /// <param name="zone">The person's time zone, by whose clock the hours are.</param>
    public DateTimeOffset? EndOf(DateTimeOffset now, TimeZoneInfo zone)
    {
        var local = TimeZoneInfo.ConvertTime(now, zone).DateTime;
        var minute = local.TimeOfDay.TotalMinutes;
        var isQuiet = Start < End ? minute >= Start && minute < End : minute >= Start || minute < End;
        if (!isQuiet) return null;
        var end = local.Date.AddMinutes(End).AddDays(minute < End ? 0 : 1);

        // Where the clock is put forward over the end, the end is when it has been.
        while (zone.IsInvalidTime(end)) end = end.AddMinutes(15);
        return new DateTimeOffset(end, zone.GetUtcOffset(end)) is var until && until > now ? until : now.AddMinutes(1);
    }

    private static int MinuteOf(string text, string field) => TimeOnly.TryParseExact(text, Form, CultureInfo.InvariantCulture, DateTimeStyles.None, out var time)
        ? (time.Hour * 60) + time.Minute
        : throw new EdgeHostException(ErrorCode.InvalidArgument, $"quiet_hours.{field} is '{text}'; it takes a time of the day as HH:mm, such as 22:00.");

    private static string TextOf(int minute) => new TimeOnly(minute / 60, minute % 60).ToString(Form, CultureInfo.InvariantCulture);
}
