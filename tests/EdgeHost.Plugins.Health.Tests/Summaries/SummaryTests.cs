using EdgeHost.Capabilities.Health;
using EdgeHost.PluginSdk.Testing;
using Microsoft.Extensions.Time.Testing;

namespace EdgeHost.Plugins.Health.Tests.Summaries;

/// <summary><c>health.summary</c> and <c>health.forecast_glucose</c>.</summary>
public class SummaryTests
{
    private static readonly DateTimeOffset Now = new(2026, 3, 31, 12, 0, 0, TimeSpan.Zero);

    [Fact]
    public async Task Week_HasFiguresWhatIsUsualAndTheTrend()
    {
        await using var host = await StartAsync();
        await RecordAsync(host, [.. Enumerable.Range(0, 28).Select(static day => Sample("resting_heart_rate", day == 0 ? 82 : 58 + (day % 3), "/min", Now.AddDays(-day).AddHours(-1)))]);

        var summary = await SummarizeAsync(host, SummaryPeriod.Week);

        var type = Assert.Single(summary.Types);
        Assert.Equal(("resting_heart_rate", 7, 82.0, 58.0), (type.Type, type.Count, type.Latest, type.Minimum));
        Assert.Equal((59.0, 14), (type.Baseline!.Median, type.Baseline.Days));
        Assert.True(type.Score > 3);
        Assert.NotNull(type.Trend);
        var finding = Assert.Single(summary.Findings);
        Assert.Equal("baseline.change", finding.Rule);
        Assert.Contains("usual for you is 59", finding.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task BloodPressure_OfPairs_IsAveragedAndUrgentComesFirst()
    {
        await using var host = await StartAsync();
        await RecordAsync(
            host,
            Sample("systolic", 142, "mm[Hg]", Now.AddHours(-30)), Sample("diastolic", 92, "mm[Hg]", Now.AddHours(-30)),
            Sample("systolic", 26, "kPa", Now.AddHours(-40)), Sample("diastolic", 16.2, "kPa", Now.AddHours(-40)),
            Sample("systolic", 99, "mm[Hg]", Now.AddHours(-50)));

        var summary = await SummarizeAsync(host, SummaryPeriod.Week);

        Assert.Equal((2, 2, true), (summary.BloodPressure!.Readings, summary.BloodPressure.Occasions, summary.BloodPressure.IsValid));
        Assert.Equal(BloodPressureCategory.Grade2, summary.BloodPressureCategory);
        Assert.Equal(("blood_pressure.severe", FindingSeverity.Urgent), (summary.Findings[0].Rule, summary.Findings[0].Severity));
    }

    [Fact]
    public async Task Glucose_HasItsRangesAndItsLows()
    {
        await using var host = await StartAsync();
        await RecordAsync(host, [.. Enumerable.Range(0, 288).Select(static i => Sample("glucose", i is >= 100 and < 108 ? 50 : 110, "mg/dL", Now.AddMinutes((-5 * i) - 5)))]);

        var summary = await SummarizeAsync(host, SummaryPeriod.Day);

        Assert.Equal((288, 1), (summary.Glucose!.Readings, summary.Glucose.LowEpisodes));
        Assert.Equal(280 / 288.0, summary.Glucose.InRange!.Value, 1e-6);
        Assert.False(summary.Glucose.IsSufficient);
        Assert.Equal("glucose.very_low", summary.Findings[0].Rule);
        Assert.Contains(summary.Findings[0].Readings, static reading => reading.Value == 50);
    }

    [Fact]
    public async Task Glucose_HasItsPatternOfTheDayByThePersonsClock()
    {
        await using var host = await StartAsync();

        // High from 7 to 8 o'clock in Shanghai on each of seven days.
        await RecordAsync(host, [.. Enumerable.Range(1, 7 * 24).Select(static hour => Sample("glucose", Now.AddHours(8 - hour).Hour == 7 ? 200 + hour : 100, "mg/dL", Now.AddHours(-hour)))]);

        var summary = await host.CallAsync<SummarizeHealthRequest, SummarizeHealthResponse>(HealthMethods.Summary, new SummarizeHealthRequest { Period = SummaryPeriod.Week, UtcOffsetMinutes = 480 });

        Assert.Equal(Enumerable.Range(0, 24), summary.Glucose!.Pattern.Select(static hour => hour.Hour));
        Assert.All(summary.Glucose.Pattern, static hour => Assert.Equal((7, hour.Hour == 7), (hour.Readings, hour.Median > 200)));
        Assert.True(summary.Glucose.Pattern[7].P5 < summary.Glucose.Pattern[7].P25 && summary.Glucose.Pattern[7].P75 < summary.Glucose.Pattern[7].P95);
        Assert.True(summary.Glucose.StandardDeviation > 0 && summary.Glucose.HighIndex > 0);
    }

    [Fact]
    public async Task BloodPressure_HasDayAndNightAndTheAverageOfHomeReadings()
    {
        await using var host = await StartAsync();
        var times = Enumerable.Range(1, 120).Select(static i => Now.AddMinutes(-31 * i)).ToList();

        // The night of Shanghai, from 15 to 23 o'clock UTC, is as high as the day.
        await RecordAsync(host, [.. times.SelectMany(static time => new[] { Sample("systolic", time.Hour is >= 15 and < 23 ? 128 : 130, "mm[Hg]", time), Sample("diastolic", 80, "mm[Hg]", time) })]);

        var summary = await host.CallAsync<SummarizeHealthRequest, SummarizeHealthResponse>(HealthMethods.Summary, new SummarizeHealthRequest { Period = SummaryPeriod.Week, UtcOffsetMinutes = 480 });

        Assert.Equal((BloodPressureDipping.NonDipper, 130.0, 128.0), (summary.BloodPressureDay!.Dipping, summary.BloodPressureDay.Day!.Systolic, summary.BloodPressureDay.Night!.Systolic));
        Assert.Equal((true, 3), (summary.BloodPressureHome!.Average.IsValid, summary.BloodPressureHome.Days));
        Assert.NotNull(summary.BloodPressure!.RealVariability);
        var finding = Assert.Single(summary.Findings, static finding => finding.Rule == "blood_pressure.non_dipper");
        Assert.Contains("1.5 %", finding.Text, StringComparison.Ordinal);
        Assert.Contains("2013", finding.Guideline, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Steps_OfTwoDevices_DoNotCountTwice()
    {
        await using var host = await StartAsync();
        await RecordAsync(
            host, Sample("steps", 3000, "1", Now.AddHours(-2), "watch"), Sample("steps", 2000, "1", Now.AddHours(-1), "watch"), Sample("steps", 4000, "1", Now.AddHours(-1), "phone"));

        var best = await SummarizeAsync(host, SummaryPeriod.Day);
        var phone = await SummarizeAsync(host, SummaryPeriod.Day, "phone");

        Assert.Equal((5000.0, 4000.0), (best.Types[0].Mean, phone.Types[0].Mean));
    }

    [Fact]
    public async Task Forecast_OfARisingCurve_IsNearItWithAnInterval()
    {
        await using var host = await StartAsync();
        await RecordAsync(host, [.. Enumerable.Range(0, 2000).Select(static i => Sample("glucose", Curve(i), "mg/dL", Now.AddMinutes(-5 * (2000 - i))))]);

        var forecast = await host.CallAsync<ForecastGlucoseRequest, ForecastGlucoseResponse>(HealthMethods.ForecastGlucose, new ForecastGlucoseRequest { Unit = "mmol/L" });

        Assert.Equal(Now.AddMinutes(25).ToUnixTimeMilliseconds(), forecast.Time);
        Assert.Equal(Curve(1999) / 18.0182, forecast.LastValue, 1e-6);
        Assert.InRange(Curve(2005) / 18.0182, forecast.Low - 0.3, forecast.High + 0.3);
        Assert.InRange(Math.Abs((forecast.Value * 18.0182) - Curve(2005)), 0, Math.Abs(Curve(1999) - Curve(2005)));
        Assert.True(forecast.Examples > 1000);
    }

    [Fact]
    public async Task Forecast_WithoutTheLastHour_SaysWhatItNeeds()
    {
        await using var host = await StartAsync();
        await RecordAsync(host, Sample("glucose", 100, "mg/dL", Now.AddHours(-3)));

        var stale = await FailsAsync(host, new ForecastGlucoseRequest());
        var few = await FailsAsync(host, new ForecastGlucoseRequest { Samples = [Sample("glucose", 100, "mg/dL", Now)] });
        var swapped = await FailsAsync(host, new ForecastGlucoseRequest { Samples = [Sample("glucose", 5.5, "mg/dL", Now)] });

        Assert.Equal((ErrorCode.FailedPrecondition, ErrorCode.FailedPrecondition, ErrorCode.InvalidArgument), (stale.Code, few.Code, swapped.Code));
        Assert.Contains("180 minutes old", stale.Message, StringComparison.Ordinal);
        Assert.Contains("12 readings", few.Message, StringComparison.Ordinal);
        Assert.Contains("mmol/L", swapped.Message, StringComparison.Ordinal);
    }

    private static double Curve(int i) => 140 + (40 * Math.Sin(2 * Math.PI * i / 60)) + (10 * Math.Sin(2 * Math.PI * i / 17));

    private static Task<PluginTestHost> StartAsync() => HealthHost.StartAsync(new FakeTimeProvider(Now));

    private static HealthSample Sample(string type, double value, string unit, DateTimeOffset time, string? source = null)
        => new() { Type = type, Value = value, Unit = unit, Time = time.ToUnixTimeMilliseconds(), Source = source };

    private static async Task RecordAsync(PluginTestHost host, params HealthSample[] samples)
    {
        var response = await host.CallAsync<RecordSamplesRequest, RecordSamplesResponse>(HealthMethods.Record, new RecordSamplesRequest { Samples = samples });
        Assert.Equal(samples.Length, response.Accepted);
    }

    private static Task<SummarizeHealthResponse> SummarizeAsync(PluginTestHost host, SummaryPeriod period, params string[] sources)
        => host.CallAsync<SummarizeHealthRequest, SummarizeHealthResponse>(HealthMethods.Summary, new SummarizeHealthRequest { Period = period, Sources = sources.Length > 0 ? sources : null });

    private static Task<EdgeHostException> FailsAsync(PluginTestHost host, ForecastGlucoseRequest request)
        => Assert.ThrowsAsync<EdgeHostException>(() => host.CallAsync<ForecastGlucoseRequest, ForecastGlucoseResponse>(HealthMethods.ForecastGlucose, request));
}
