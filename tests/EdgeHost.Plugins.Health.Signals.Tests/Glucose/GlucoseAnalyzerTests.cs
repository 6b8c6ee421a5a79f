using EdgeHost.Plugins.Health.Signals.Glucose;

namespace EdgeHost.Plugins.Health.Signals.Tests.Glucose;

public class GlucoseAnalyzerTests
{
    private static readonly DateTimeOffset Start = new(2024, 3, 1, 0, 0, 0, TimeSpan.Zero);

    [Fact]
    public void Shares_AreThoseOfTheConsensus_WithItsEdges()
    {
        var summary = GlucoseAnalyzer.Summarize(Series(53, 54, 69, 70, 180, 181, 250, 251, 100, 100));

        Assert.Equal((0.4, 0.3, 0.1, 0.3, 0.1), (summary.InRange, summary.Low, summary.VeryLow, summary.High, summary.VeryHigh));
        Assert.Equal([false, false, false, false, false], summary.Met);
        Assert.Equal(10, summary.Readings);
        Assert.False(summary.IsSufficient);
    }

    [Fact]
    public void Indicators_AreThoseOfTheirFormulas()
    {
        var summary = GlucoseAnalyzer.Summarize(Series(100, 200));

        Assert.Equal(150, summary.Mean);
        Assert.Equal(6.898, summary.ManagementIndicator!.Value, 6);
        Assert.Equal(70.710678, summary.StandardDeviation!.Value, 5);
        Assert.Equal(0.471405, summary.Variation!.Value, 5);
        // 100 mg/dL: f = 1.509 (4.60517^1.084 - 5.381) = -0.2200; 200: f = 1.509 (5.29832^1.084 - 5.381) = 1.0770.
        Assert.Equal(0.5 * 10 * 0.2200 * 0.2200, summary.LowIndex!.Value, 2);
        Assert.Equal(0.5 * 10 * 1.0770 * 1.0770, summary.HighIndex!.Value, 1);
    }

    [Fact]
    public void FourteenDays_WithMostReadings_AreSufficient()
    {
        var all = Enumerable.Range(0, 288 * 14).Select(i => new GlucoseReading(Start.AddMinutes(5 * i), 120)).ToList();

        Assert.True(GlucoseAnalyzer.Summarize(all).IsSufficient);
        Assert.False(GlucoseAnalyzer.Summarize([.. all.Where((_, i) => i % 5 < 3)]).IsSufficient);
        Assert.False(GlucoseAnalyzer.Summarize([.. all.Take(288 * 13)]).IsSufficient);
        Assert.Equal([true, true, true, true, true], GlucoseAnalyzer.Summarize(all).Met);
    }

    [Fact]
    public void NoPlausibleReading_GivesNoFigure()
    {
        var summary = GlucoseAnalyzer.Summarize(Series(5.5, double.NaN, 2000, -1));

        Assert.Equal((0, null, null, null), (summary.Readings, summary.Mean, summary.ManagementIndicator, summary.Met));
    }

    [Fact]
    public void PatternOfDay_IsByThePersonsClock()
    {
        var readings = Enumerable.Range(0, 48).Select(hour => new GlucoseReading(Start.AddHours(hour), hour % 24 == 22 ? 200 + hour : 100)).ToList();
        var pattern = GlucoseAnalyzer.PatternOfDay(readings, TimeSpan.FromHours(3));

        Assert.Equal(24, pattern.Count);
        Assert.Equal(new GlucoseHour(1, 2, 223.2, 228, 234, 240, 244.8), pattern[1]);
        Assert.Equal(100, pattern[22].Median);
    }

    [Theory]
    [InlineData(0.5, 0)]
    [InlineData(-1.5, -1)]
    [InlineData(2.5, 2)]
    [InlineData(-4, -3)]
    public void Slope_OfAQuarterOfAnHour_HasItsArrow(double slope, int arrow)
    {
        var readings = Enumerable.Range(0, 6).Select(i => new GlucoseReading(Start.AddMinutes(5 * i), i < 2 ? 300 : 150 + (slope * 5 * i))).ToList();

        Assert.Equal(slope, GlucoseAnalyzer.Slope(readings)!.Value, 6);
        Assert.Equal(arrow, GlucoseAnalyzer.Arrow(slope));
        Assert.Null(GlucoseAnalyzer.Slope([.. readings.Take(2)]));
    }

    [Fact]
    public void Episode_LastsFromItsFirstReadingToTheFirstOfAQuarterBack()
    {
        var episode = Assert.Single(GlucoseEpisodes.Find(Series(100, 68, 65, 69, 72, 66, 71, 75, 80, 90), GlucoseEpisodeKind.Low));

        // One reading above (72) does not end it; three do, and the first of them is the end.
        Assert.Equal((Start.AddMinutes(5), Start.AddMinutes(30), 65, false), (episode.Start, episode.End, episode.Extreme, episode.GoesOn));
    }

    [Fact]
    public void Episode_OfLessThanAQuarterOfAnHour_IsNone()
        => Assert.Empty(GlucoseEpisodes.Find(Series(100, 68, 65, 100, 100, 100), GlucoseEpisodeKind.Low));

    [Fact]
    public void Episode_AtTheEnd_GoesOn()
        => Assert.True(Assert.Single(GlucoseEpisodes.Find(Series(200, 260, 270, 280, 290), GlucoseEpisodeKind.VeryHigh)) is { GoesOn: true, Extreme: 290 });

    [Fact]
    public void Gap_EndsAnEpisode()
    {
        var readings = Series(50, 50, 50).Concat([new GlucoseReading(Start.AddHours(2), 50), new GlucoseReading(Start.AddHours(2).AddMinutes(5), 50)]).ToList();

        Assert.Equal((Start, Start.AddMinutes(15)), Assert.Single(GlucoseEpisodes.Find(readings, GlucoseEpisodeKind.VeryLow)) is var e ? (e.Start, e.End) : default);
    }

    private static List<GlucoseReading> Series(params double[] values) => [.. values.Select((value, i) => new GlucoseReading(Start.AddMinutes(5 * i), value))];
}
