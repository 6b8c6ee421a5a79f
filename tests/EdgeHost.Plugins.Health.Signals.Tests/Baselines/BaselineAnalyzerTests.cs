using EdgeHost.Plugins.Health.Signals.Baselines;

namespace EdgeHost.Plugins.Health.Signals.Tests.Baselines;

public class BaselineAnalyzerTests
{
    private static readonly DateOnly First = new(2024, 1, 1);

    [Fact]
    public void Baseline_IsTheMedianOfTheFortnightBefore_WhateverOutliers()
    {
        var values = Days([.. Enumerable.Repeat(999.0, 5), 60, 62, 58, 61, 59, 60, 120, 60, 63, 57, 60, 60, 60, 61, 500]);
        var baseline = BaselineAnalyzer.Before(values, First.AddDays(19))!.Value;

        Assert.Equal((60, 14), (baseline.Median, baseline.Days));
        Assert.Equal(1.4826, baseline.Deviation, 6);
        Assert.Equal(5 / 1.4826, baseline.Score(65), 6);
    }

    [Fact]
    public void Baseline_NeedsSevenDays()
    {
        Assert.Null(BaselineAnalyzer.Before(Days(60, 60, 60, 60, 60, 60), First.AddDays(6)));
        Assert.NotNull(BaselineAnalyzer.Before(Days(60, 60, 60, 60, 60, 60, 60), First.AddDays(7)));
        Assert.Null(BaselineAnalyzer.Before(Days(60, 60, 60, 60, 60, 60, 60), First.AddDays(17)));
    }

    [Fact]
    public void ConstantHistory_IsJudgedByTheSensorsError()
    {
        var values = Days(60, 60, 60, 60, 60, 60, 60);

        Assert.Equal(double.PositiveInfinity, BaselineAnalyzer.Before(values, First.AddDays(7))!.Value.Score(61));
        Assert.Equal(0.5, BaselineAnalyzer.Before(values, First.AddDays(7), leastDeviation: 2)!.Value.Score(61));
        Assert.Equal(0, BaselineAnalyzer.Before(values, First.AddDays(7))!.Value.Score(60));
    }

    [Fact]
    public void LastingChange_IsFoundWithinDays_WithItsStart()
    {
        var values = Days([.. Enumerable.Range(0, 30).Select(i => 60 + Noise(i)), .. Enumerable.Range(30, 10).Select(i => 66 + Noise(i))]);
        var change = BaselineAnalyzer.Changes(values, leastDeviation: 1)[0];

        Assert.InRange(change.Since.DayNumber - First.DayNumber, 29, 31);
        Assert.InRange(change.Found.DayNumber - change.Since.DayNumber, 1, 4);
        Assert.InRange(change.Before.Median, 59, 61);
        Assert.InRange(change.After, 65, 67);
    }

    [Fact]
    public void OneOutlier_IsNoChange()
    {
        var values = Days([.. Enumerable.Range(0, 60).Select(i => 60 + Noise(i) + (i == 40 ? 30 : 0))]);

        Assert.Empty(BaselineAnalyzer.Changes(values, leastDeviation: 1));
    }

    [Fact]
    public void Trend_OfARise_IsItsSlopeWithAnInterval()
    {
        var values = Days([.. Enumerable.Range(0, 56).Select(i => 80 + (0.1 * i) + Noise(i))]);
        var trend = BaselineAnalyzer.TrendOf(values)!.Value;

        Assert.InRange(trend.PerWeek, 0.6, 0.8);
        Assert.True(trend.Low < 0.7 && trend.High > 0.7 && trend.IsSignificant);
    }

    [Fact]
    public void Trend_OfNoise_IsNotSignificant()
    {
        Assert.False(BaselineAnalyzer.TrendOf(Days([.. Enumerable.Range(0, 40).Select(Noise)]))!.Value.IsSignificant);
        Assert.Null(BaselineAnalyzer.TrendOf(Days(1, 2, 3)));
    }

    private static double Noise(int i) => 1.5 * Math.Sin(i * 12.9898 * 78.233);

    private static List<DailyValue> Days(params double[] values) => [.. values.Select((value, i) => new DailyValue(First.AddDays(i), value))];
}
