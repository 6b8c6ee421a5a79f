using EdgeHost.Capabilities.Health;
using EdgeHost.Plugins.Health.Charts;
using EdgeHost.Plugins.Health.Charts.Layers;
using EdgeHost.Plugins.Health.Signals.Ecg;
using EdgeHost.Plugins.Health.Signals.Tests.Synthetic;
using EdgeHost.Plugins.Health.Texts;
using SkiaSharp;
using static EdgeHost.Plugins.Health.Tests.Charts.MadeReadings;

namespace EdgeHost.Plugins.Health.Tests.Charts;

/// <summary>What charts show is where the readings and the limits of guidelines are.</summary>
public class ChartMakingTests
{
    private static readonly SKColor Blue = new(0x00, 0x72, 0xB2);
    private static readonly SKColor Orange = new(0xD5, 0x5E, 0x00);
    private static readonly SKColor Purple = new(0x7B, 0x4F, 0xA3);
    private static readonly SKColor Red = new(0xC6, 0x28, 0x28);

    [Fact]
    public void Glucose_IsALineOverItsRanges()
    {
        var made = GlucoseChart.Make(Input(HealthChartKind.Glucose, SummaryPeriod.Day, Every("glucose", 5, 288, static i => i < 144 ? 100 : 200)))!;
        using var scene = new ChartScene(made.Chart);
        var (morning, evening) = (At(18), At(6));

        Assert.Equal((288, "100–200"), (made.Readings, made.Values));
        Assert.True(scene.Near(morning, 100, Blue) > 5 && scene.Near(evening, 200, Blue) > 5);
        Assert.Equal(0, scene.Near(morning, 200, Blue) + scene.Near(evening, 100, Blue));
        var ranges = made.Chart.Panels[0].Layers.OfType<RegionLayer>().ToList();
        Assert.Equal([54, 70, 180, 250], ranges.SkipLast(1).Select(static range => range.High));
        var colors = new[] { 45.0, 62, 150, 220, 256 }.Select(value => scene.At(At(17.5), value)).ToList();
        Assert.Equal(4, colors.Distinct().Count());
        Assert.Equal(colors[1], colors[4]);
    }

    [Fact]
    public void Glucose_InMmol_HasItsRangesThere()
    {
        var chart = GlucoseChart.Make(Input(HealthChartKind.Glucose, SummaryPeriod.Day, Every("glucose", 5, 12, static _ => 180.182), "mmol/L"))!;

        Assert.Equal("10.0", chart.Values);
        Assert.Equal([3.0, 3.9, 10.0, 13.9], chart.Chart.Panels[0].Layers.OfType<RegionLayer>().SkipLast(1).Select(static range => Math.Round(range.High, 1)));
        Assert.Equal("mmol/L", chart.Chart.Panels[0].Y.Title);
    }

    [Fact]
    public void GlucosePattern_HasMedianAndPercentilesOfTheHour()
    {
        // From day to day 80 to 160 at each hour, by the person's clock 40 more from noon to one.
        var samples = Every("glucose", 60, 24 * 14, static i => 80 + (i / 24 * 80 / 13.0) + (Now.AddHours(i - (24 * 14)).AddHours(8).Hour == 12 ? 40 : 0));
        var made = GlucosePatternChart.Make(Input(HealthChartKind.GlucosePattern, SummaryPeriod.Month, samples, offsetMinutes: 480))!;
        using var scene = new ChartScene(made.Chart);
        var areas = made.Chart.Panels[0].Layers.OfType<AreaLayer>().ToList();

        Assert.True(scene.Near(6.5, 120, Blue) > 5 && scene.Near(12.5, 160, Blue) > 5);
        Assert.Equal(0, scene.Near(12.5, 120, Blue, reach: 1));
        Assert.Equal([84, 156], new[] { areas[0].Spans[7].Low, areas[0].Spans[7].High }.Select(static value => Math.Round(value)));
        Assert.Equal([100, 140], new[] { areas[1].Spans[7].Low, areas[1].Spans[7].High }.Select(static value => Math.Round(value)));
        Assert.NotEqual(scene.At(6.5, 150), scene.At(6.5, 165));
        Assert.NotEqual(scene.At(6.5, 150), scene.At(6.5, 130));
        Assert.Contains("14 days", made.Chart.Subtitle, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(BloodPressureScheme.AccAha2017, "120 130 140", "80 90")]
    [InlineData(BloodPressureScheme.EscEsh2018, "120 130 140 160 180", "80 85 90 100 110")]
    [InlineData(BloodPressureScheme.Esc2024, "120 140", "70 90")]
    public void PressureRegions_HaveTheLimitsOfTheGuideline(BloodPressureScheme scheme, string systolic, string diastolic)
    {
        Assert.Equal(systolic, string.Join(' ', PressureRegion.OfSystolic(scheme).SkipLast(1).Select(static region => region.High)));
        Assert.Equal(diastolic, string.Join(' ', PressureRegion.OfDiastolic(scheme).SkipLast(1).Select(static region => region.High)));
    }

    [Fact]
    public void BloodPressure_HasAPanelForEachValueWithReadingsAndAverage()
    {
        var samples = Enumerable.Range(1, 6).SelectMany(static day => new[] { Sample("systolic", day == 3 ? 165 : 128, Now.AddDays(-day)), Sample("diastolic", day == 3 ? 102 : 76, Now.AddDays(-day)) });
        var made = PressureChart.Make(Input(HealthChartKind.BloodPressure, SummaryPeriod.Week, samples), BloodPressureScheme.EscEsh2018)!;
        using var scene = new ChartScene(made.Chart, height: 500);

        Assert.Equal((6, "128–165 / 76–102"), (made.Readings, made.Values));
        Assert.True(scene.Near(At(72), 165, Blue) > 20 && scene.Near(At(72), 102, Blue, panel: 1) > 20);
        Assert.True(scene.Near(At(48), 128, Blue) > 20 && scene.Near(At(48), 76, Blue, panel: 1) > 20);
        Assert.Equal(0, scene.Near(At(48), 165, Blue));
        Assert.NotEqual(scene.At(At(150), 110), scene.At(At(150), 150));
        Assert.Contains(made.Chart.Panels[0].Layers, static layer => layer.Name == "average: 134/80");
    }

    [Fact]
    public void Weight_HasItsTrendWithAnIntervalThatWidensFromTheMiddle()
    {
        var made = WeightChart.Make(Input(HealthChartKind.Weight, SummaryPeriod.Month, Enumerable.Range(1, 28).Select(static day => Sample("weight", 80 + (0.1 * day) + (day % 3 * 0.3), Now.AddDays(-day)))))!;
        using var scene = new ChartScene(made.Chart);
        var spans = Assert.Single(made.Chart.Panels[0].Layers.OfType<AreaLayer>()).Spans;
        var line = made.Chart.Panels[0].Layers.OfType<LineLayer>().First();

        Assert.Equal("trend: −0.70 kg a week", line.Name);
        Assert.Equal(0, spans[1].High - spans[1].Low, 1e-9);
        Assert.True(spans[0].High > spans[0].Low && spans[2].High > spans[2].Low);
        Assert.True(scene.Near(line.Points.Average(static point => point.X), line.Points.Average(static point => point.Y), Orange) > 5);
        Assert.True(scene.Near(new DateTimeOffset(2026, 3, 21, 12, 0, 0, TimeSpan.Zero).ToUnixTimeMilliseconds(), 81.3, Blue) > 15);
    }

    [Fact]
    public void Weight_OfFewDays_HasNoTrend()
    {
        var made = WeightChart.Make(Input(HealthChartKind.Weight, SummaryPeriod.Week, [Sample("weight", 80, Now.AddDays(-2)), Sample("weight", 81, Now.AddDays(-1))]))!;

        Assert.Empty(made.Chart.Panels[0].Layers.OfType<AreaLayer>());
    }

    [Fact]
    public void Sleep_IsABarADayInHoursBesideWhatAdultsNeed()
    {
        var samples = Enumerable.Range(0, 7).SelectMany(static day => new[] { Sample("sleep", 200, Now.AddDays(-day).AddHours(-8)), Sample("sleep", day == 2 ? 100 : 280, Now.AddDays(-day).AddHours(-5)) });
        var made = SumChart.Make(Input(HealthChartKind.Sleep, SummaryPeriod.Week, samples))!;
        using var scene = new ChartScene(made.Chart);
        var noon = new DateTimeOffset(2026, 3, 29, 12, 0, 0, TimeSpan.Zero).ToUnixTimeMilliseconds();

        Assert.Equal("5.0–8.0", made.Values);
        Assert.True(scene.Near(noon, 4.7, Blue) > 20 && scene.Near(noon - ChartInput.Day, 7.6, Blue) > 20);
        Assert.Equal(0, scene.Near(noon, 5.4, Blue));
        Assert.Contains(made.Chart.Panels[0].Layers, static layer => layer.Name == "at least 7 h (AASM and SRS 2015)");
    }

    [Fact]
    public void Steps_OfADay_AreABarAnHourOfTheBusierDevice()
    {
        var made = SumChart.Make(Input(
            HealthChartKind.Steps, SummaryPeriod.Day, [Sample("steps", 900, Now.AddHours(-3), "watch"), Sample("steps", 500, Now.AddHours(-3).AddMinutes(20), "watch"), Sample("steps", 700, Now.AddHours(-3), "phone")]))!;

        var bar = Assert.Single(Assert.Single(made.Chart.Panels[0].Layers.OfType<BarLayer>()).Points);
        Assert.Equal((At(3), 1400), (bar.X, bar.Y));
    }

    [Fact]
    public void HeartRate_OfAMonth_HasMedianExtremesAndWhatIsUsualAtRest()
    {
        var samples = Every("heart_rate", 60, 24 * 30, static i => i % 24 == 12 ? 140 : 70).Concat(Every("resting_heart_rate", 1440, 30, static i => i == 29 ? 75 : 58 + (i % 3)));
        var made = HeartRateChart.Make(Input(HealthChartKind.HeartRate, SummaryPeriod.Month, samples))!;
        using var scene = new ChartScene(made.Chart);
        var noon = new DateTimeOffset(2026, 3, 15, 12, 0, 0, TimeSpan.Zero).ToUnixTimeMilliseconds();

        Assert.True(scene.Near(noon, 70, Blue) > 5);
        Assert.NotEqual(scene.At(noon, 120), scene.At(noon, 150));
        Assert.True(scene.Near(At(24), 75, Orange) > 10);
        var usual = Assert.Single(made.Chart.Panels[0].Layers.OfType<RegionLayer>());
        Assert.Equal(59, (usual.Low + usual.High) / 2, 1e-6);
        Assert.InRange(usual.High - usual.Low, 4, 8);
    }

    [Fact]
    public void Variability_OfAWeek_HasADotADay()
    {
        var samples = Every("hrv_rmssd", 1440, 20, static i => 40 + (i % 2 * 4)).Concat(Every("hrv_sdnn", 1440, 20, static _ => 60));
        var made = VariabilityChart.Make(Input(HealthChartKind.Variability, SummaryPeriod.Week, samples))!;

        Assert.Equal(["RMSSD", "SDNN"], made.Chart.Panels[0].Layers.OfType<LineLayer>().Select(static line => line.Name));
        Assert.InRange(made.Chart.Panels[0].Layers.OfType<DotLayer>().First().Points.Count, 7, 8);
        Assert.Single(made.Chart.Panels[0].Layers.OfType<RegionLayer>());
    }

    [Fact]
    public void Ecg_HasAnArrowAboveEachBeatOfItsKind()
    {
        var beats = SyntheticEcg.WithEctopics(30, 72, every: 9);
        var ecg = new SyntheticEcg { Beats = beats };
        var signal = ecg.Render(30);
        var analysis = EcgAnalyzer.Analyze(signal, ecg.RateHz);
        var chart = EcgChart.Make(signal, analysis, first: 3600, count: 3600, new HealthTexts(), "en");
        using var scene = new ChartScene(chart, 1000, 320);
        var marks = chart.Panels[0].Layers.OfType<MarkLayer>().ToDictionary(static layer => layer.Name!, static layer => layer.Points);

        var inside = beats.Where(static beat => beat.Seconds is > 10.2 and < 19.8).ToList();
        Assert.All(inside.Where(static beat => !beat.Ventricular), beat => Assert.Contains(marks["usual beat"], mark => Math.Abs(mark.X - beat.Seconds) < 0.05));
        Assert.All(inside.Where(static beat => beat.Ventricular), beat => Assert.Contains(marks["ventricular ectopic beat (V)"], mark => Math.Abs(mark.X - beat.Seconds) < 0.06));
        Assert.All(marks["usual beat"], mark => Assert.True(scene.Near(mark.X, mark.Y + 0.2, Purple, reach: 8) > 10));
        Assert.All(marks["ventricular ectopic beat (V)"], mark => Assert.True(scene.Near(mark.X, mark.Y + 0.2, Red, reach: 8) > 10));
        Assert.Equal((10.0, 20.0), (chart.X.From, chart.X.To));
        Assert.Contains("72 a minute", chart.Subtitle, StringComparison.Ordinal);
    }

    [Fact]
    public void Ecg_OfNothing_SaysThatItCannotTell()
    {
        var signal = new float[3600];
        signal.AsSpan(1000, 500).Fill(float.NaN);
        var chart = EcgChart.Make(signal, EcgAnalyzer.Analyze(signal, 360), 0, 3600, new HealthTexts(), "en");
        using var scene = new ChartScene(chart);

        Assert.Contains("cannot be told", chart.Subtitle, StringComparison.Ordinal);
        Assert.Single(chart.Panels[0].Layers.OfType<StretchLayer>());
        Assert.NotEqual(scene.At(2.02, 0.72), SKColors.White);
    }

    private static double At(double hoursBefore) => Now.AddHours(-hoursBefore).ToUnixTimeMilliseconds();
}
