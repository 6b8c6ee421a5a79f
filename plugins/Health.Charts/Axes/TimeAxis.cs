using System.Globalization;

namespace EdgeHost.Plugins.Health.Charts.Axes;

/// <summary>Makes axes of time, in milliseconds since 1970 (UTC), with ticks at round times of the person's clock.</summary>
public static class TimeAxis
{
    private static readonly TimeSpan[] Steps =
    [
        TimeSpan.FromMinutes(1), TimeSpan.FromMinutes(5), TimeSpan.FromMinutes(15), TimeSpan.FromMinutes(30), TimeSpan.FromHours(1), TimeSpan.FromHours(2), TimeSpan.FromHours(3),
        TimeSpan.FromHours(6), TimeSpan.FromHours(12), TimeSpan.FromDays(1), TimeSpan.FromDays(2), TimeSpan.FromDays(5), TimeSpan.FromDays(7), TimeSpan.FromDays(14), TimeSpan.FromDays(30),
        TimeSpan.FromDays(91), TimeSpan.FromDays(365),
    ];

    /// <summary>Makes one.</summary>
    /// <param name="from">Its start.</param>
    /// <param name="until">Its end, after it.</param>
    /// <param name="offset">The person's offset from UTC.</param>
    /// <param name="dateFormat">How a day is written, as .NET writes it invariantly, for example <c>d MMM</c>.</param>
    /// <param name="ticks">At most about how many labels fit, at least 2.</param>
    /// <param name="title">What is written below.</param>
    /// <exception cref="ArgumentOutOfRangeException">The end is not after the start.</exception>
    public static ChartAxis Of(long from, long until, TimeSpan offset, string dateFormat, int ticks = 8, string? title = null)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(ticks, 2);
        ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(until, from);
        var step = Steps.FirstOrDefault(one => (until - from) / one.TotalMilliseconds <= ticks, Steps[^1]);
        var (begin, places) = (DateTimeOffset.FromUnixTimeMilliseconds(from).ToOffset(offset), new List<ChartTick>());
        var midnight = new DateTimeOffset(begin.Date, offset);
        for (var at = midnight; at.ToUnixTimeMilliseconds() <= until; at += step)
        {
            if (at < begin) continue;
            var isDate = step >= TimeSpan.FromDays(1) || (at.TimeOfDay == TimeSpan.Zero && until - from > TimeSpan.FromDays(1.5).TotalMilliseconds);
            places.Add(new ChartTick(at.ToUnixTimeMilliseconds(), at.ToString(isDate ? dateFormat : "HH:mm", CultureInfo.InvariantCulture)));
        }

        return new ChartAxis(from, until, places, title);
    }
}
