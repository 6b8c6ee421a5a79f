using EdgeHost.Capabilities.Health;
using EdgeHost.Plugins.Health.Findings;
using EdgeHost.Plugins.Health.Signals.Glucose;

namespace EdgeHost.Plugins.Health.Summaries;

/// <summary>What glucose means, by the limits of the international consensus of 2019.</summary>
internal static class GlucoseFindings
{
    private const string Consensus = "International consensus on time in range 2019 (Diabetes Care 42:1593)";
    private const double LeastInRange = 0.7;

    /// <summary>The rules, for tests of their texts.</summary>
    public static IReadOnlyList<HealthRule> Rules { get; } =
    [
        new("glucose.very_low", FindingSeverity.Urgent, Consensus),
        new("glucose.very_high", FindingSeverity.Warn, Consensus),
        new("glucose.low", FindingSeverity.Warn, Consensus),
        new("glucose.out_of_target", FindingSeverity.Info, Consensus),
    ];

    /// <summary>The findings of a stretch of readings.</summary>
    public static IEnumerable<HealthFinding> Of(
        IReadOnlyList<GlucoseReading> readings, GlucoseSummary summary, IReadOnlyDictionary<GlucoseEpisodeKind, IReadOnlyList<GlucoseEpisode>> episodes, FindingWriter writer, string language)
    {
        // One reading of a meter below 54 counts, whether or not a sensor would call it an episode.
        var veryLow = readings.Where(static reading => reading.MgPerDl < 54).ToList();
        if (veryLow.Count > 0)
        {
            var lowest = veryLow.MinBy(static reading => reading.MgPerDl);
            yield return writer.Write(Rules[0], language, [ToReading(lowest)], ("count", Math.Max(1, episodes[GlucoseEpisodeKind.VeryLow].Count)), ("value", Math.Round(lowest.MgPerDl)));
        }

        if (episodes[GlucoseEpisodeKind.VeryHigh] is { Count: > 0 } high)
        {
            var worst = high.MaxBy(static episode => episode.Extreme);
            yield return writer.Write(Rules[1], language, [ToReading(new GlucoseReading(worst.Start, worst.Extreme))], ("count", high.Count), ("value", Math.Round(worst.Extreme)));
        }

        if (episodes[GlucoseEpisodeKind.Low] is { Count: > 0 } low)
        {
            yield return writer.Write(
                Rules[2], language, [.. low.Take(10).Select(static episode => ToReading(new GlucoseReading(episode.Start, episode.Extreme)))],
                ("count", low.Count), ("share", Math.Round(100 * (summary.Low ?? 0), 1)));
        }

        if (summary is { IsSufficient: true, InRange: { } inRange } && inRange <= LeastInRange)
            yield return writer.Write(Rules[3], language, [new HealthReading { Type = "time_in_range", Value = Math.Round(100 * inRange, 1), Unit = "%" }], ("share", Math.Round(100 * inRange)));
    }

    private static HealthReading ToReading(GlucoseReading reading) => new() { Type = "glucose", Value = reading.MgPerDl, Unit = "mg/dL", Time = reading.Time.ToUnixTimeMilliseconds() };
}
