using EdgeHost.Plugins.Health.Signals.Ecg;
using EdgeHost.Plugins.Health.Signals.Quality;
using EdgeHost.Plugins.Health.Signals.Variability;

namespace EdgeHost.Plugins.Health.Signals.Tests.Variability;

public class HrvAnalyzerTests
{
    [Fact]
    public void Figures_AreThoseOfTheirFormulas()
    {
        // 800, 840, 780, … repeated: differences 40, -60, 20; computed by hand for one period and counted for the whole.
        var intervals = Enumerable.Range(0, 400).Select(i => new[] { 800.0, 840, 780 }[i % 3]).ToList();
        var report = Of(intervals);
        var differences = intervals.Zip(intervals.Skip(1), (a, b) => b - a).ToList();
        var mean = intervals.Average();
        var sdnn = Math.Sqrt(intervals.Sum(x => (x - mean) * (x - mean)) / 399);
        var sd1 = Math.Sqrt(differences.Sum(x => Math.Pow(x - differences.Average(), 2)) / 398 / 2);

        Assert.Equal(60_000 / mean, report.MeanHeartRate!.Value, 6);
        Assert.Equal(sdnn, report.SdnnMs!.Value, 6);
        Assert.Equal(Math.Sqrt(differences.Average(x => x * x)), report.RmssdMs!.Value, 6);
        Assert.Equal(133 / 399.0, report.Pnn50!.Value, 6);
        Assert.Equal(sd1, report.Sd1Ms!.Value, 6);
        Assert.Equal(Math.Sqrt((2 * sdnn * sdnn) - (sd1 * sd1)), report.Sd2Ms!.Value, 6);
        Assert.Equal(1, report.Completeness, 2);
    }

    [Theory]
    [InlineData(0.1, true)]
    [InlineData(0.25, false)]
    public void PowerOfASine_IsHalfItsSquaredHeight_InItsBand(double frequency, bool isLow)
    {
        var (intervals, time) = (new List<double>(), 0.0);
        while (time < 310)
        {
            intervals.Add(800 + (40 * Math.Sin(2 * Math.PI * frequency * time)));
            time += intervals[^1] / 1000;
        }

        var report = Of(intervals);
        var (inside, outside) = isLow ? (report.LowFrequencyMs2, report.HighFrequencyMs2) : (report.HighFrequencyMs2, report.LowFrequencyMs2);

        Assert.InRange(inside!.Value, 800 * 0.85, 800 * 1.15);
        Assert.True(outside < 60, $"{outside} outside of the band");
    }

    [Fact]
    public void Figures_ThatNeedMoreTime_AreNull()
    {
        var (short30, minute, long6) = (Of(Steady(30)), Of(Steady(65)), Of(Steady(360)));

        Assert.Equal((true, false, false), (short30.MeanHeartRate is not null, short30.SdnnMs is not null, short30.LowFrequencyMs2 is not null));
        Assert.Equal((true, true, false), (minute.MeanHeartRate is not null, minute.SdnnMs is not null, minute.LowFrequencyMs2 is not null));
        Assert.Equal((true, true, true), (long6.MeanHeartRate is not null, long6.SdnnMs is not null, long6.LowFrequencyMs2 is not null));
        Assert.Equal((false, false, true), (short30.IsStandardLength, minute.IsStandardLength, long6.IsStandardLength));
    }

    [Fact]
    public void LongRecords_AreMediansOfFiveMinutes()
    {
        // Three windows at 60, one at 100: a plain mean would be between.
        var report = HrvAnalyzer.Analyze(NnIntervals.Of([.. Enumerable.Repeat(1000.0, 900), .. Enumerable.Repeat(600.0, 500)]), 1200);

        Assert.Equal((300.0, 4), (report.WindowSeconds, report.Windows));
        Assert.Equal(60, report.MeanHeartRate!.Value, 1);
    }

    [Fact]
    public void MissedAndExtraBeats_AreLeftOut_WithTheirDifferences()
    {
        var intervals = Enumerable.Repeat(800.0, 120).ToList();
        intervals[40] = 1600;
        intervals[80] = 400;
        var report = Of(intervals);

        Assert.Equal(0, report.RmssdMs!.Value, 6);
        Assert.Equal(118, report.Intervals);
    }

    [Fact]
    public void IntervalsBesideEctopicBeats_AreNotNormal()
    {
        var beats = Enumerable.Range(0, 10).Select(i => new EcgBeat(i * 360, i == 5 ? BeatKind.Ventricular : BeatKind.Normal, i == 0 ? double.NaN : 1000, 1, SignalQuality.Good)).ToList();

        Assert.Equal([1, 2, 3, 4, 7, 8, 9], NnIntervals.Of(beats, 360).Select(interval => (int)interval.EndSeconds));
    }

    [Fact]
    public void TooFewNormalIntervals_GiveNoFigures()
    {
        var half = Steady(400).Where((_, i) => i % 4 < 2).ToList();
        var report = HrvAnalyzer.Analyze([.. half.Select((x, i) => new NnInterval(i * 1.6, x))], 400);

        Assert.True(report.Completeness < HrvAnalyzer.LeastCompleteness);
        Assert.Null(report.RmssdMs);
        Assert.Null(report.MeanHeartRate);
    }

    [Fact]
    public void NoIntervals_GiveAnEmptyReport()
        => Assert.Equal((0, 0.0, null), (Of([]).Intervals, Of([]).Completeness, Of([]).SdnnMs));

    private static List<double> Steady(double seconds) => [.. Enumerable.Repeat(800.0, (int)(seconds / 0.8))];

    private static HrvReport Of(List<double> intervals) => HrvAnalyzer.Analyze(NnIntervals.Of(intervals), intervals.Sum() / 1000);
}
