using EdgeHost.Plugins.Health.Samples;
using EdgeHost.Plugins.Health.Signals.Baselines;
using EdgeHost.Plugins.Health.Signals.Filtering;

namespace EdgeHost.Plugins.Health.Summaries;

/// <summary>Readings of one type, day by day of the person's clock, of the sources that count.</summary>
/// <param name="Day">The day.</param>
/// <param name="Samples">Its readings, at least one.</param>
internal sealed record DailySamples(DateOnly Day, IReadOnlyList<Sample> Samples)
{
    /// <summary>The day's value: the sum of what adds up, else the median.</summary>
    public DailyValue Value => new(Day, Samples[0].Type.IsSummed ? Samples.Sum(static sample => sample.Value) : Order.Median(Samples.Select(static sample => sample.Value)));

    /// <summary>The day of a reading.</summary>
    /// <param name="sample">The reading.</param>
    /// <param name="offsetMinutes">The person's time zone, in minutes east of UTC.</param>
    public static DateOnly DayOf(Sample sample, int offsetMinutes) => DateOnly.FromDateTime(DateTimeOffset.FromUnixTimeMilliseconds(sample.Time).AddMinutes(offsetMinutes).DateTime);

    /// <summary>Sorts readings of one type into days, in order.</summary>
    /// <param name="samples">Of one type.</param>
    /// <param name="offsetMinutes">The person's time zone, in minutes east of UTC.</param>
    /// <param name="sources">Which sources count; see <see cref="SourceChoice"/>.</param>
    public static IReadOnlyList<DailySamples> Of(IEnumerable<Sample> samples, int offsetMinutes, IReadOnlyList<string>? sources)
        => [.. samples.GroupBy(sample => DayOf(sample, offsetMinutes)).OrderBy(static day => day.Key).Select(day => new DailySamples(day.Key, SourceChoice.Of([.. day], sources)))];
}
