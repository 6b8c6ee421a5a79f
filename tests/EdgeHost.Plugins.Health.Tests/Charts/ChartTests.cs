using EdgeHost.Capabilities.Health;
using EdgeHost.Plugins.Health.Charts.Painting;
using EdgeHost.Plugins.Health.Texts;
using EdgeHost.PluginSdk.Testing;
using EdgeHost.Serialization;
using Microsoft.Extensions.Time.Testing;
using SkiaSharp;
using static EdgeHost.Plugins.Health.Tests.Charts.MadeReadings;

namespace EdgeHost.Plugins.Health.Tests.Charts;

/// <summary><c>health.chart</c> and <c>health.chart_ecg</c>.</summary>
public class ChartTests
{
    [Fact]
    public async Task EveryKindAndPeriod_IsAPictureWithASentence()
    {
        await using var host = await StartAsync();
        await RecordAsync(host, Month());

        foreach (var kind in Enum.GetValues<HealthChartKind>())
        {
            foreach (var period in Enum.GetValues<SummaryPeriod>())
            {
                var response = await ChartAsync(host, new ChartHealthRequest { Kind = kind, Period = period, Width = 400, Height = 300, Scale = 1.5, Theme = period == SummaryPeriod.Day ? HealthChartTheme.Dark : HealthChartTheme.Light });
                using var picture = SKBitmap.Decode(response.Png.Span);
                Assert.Equal((600, 450, 600, 450), (picture.Width, picture.Height, response.Width, response.Height));
                Assert.Equal(period == SummaryPeriod.Day, picture.GetPixel(1, 1).Red < 100);
                Assert.True(response.Readings > 0 && response.Text.EndsWith('.'));
            }
        }
    }

    [Fact]
    public async Task Sentence_IsInTheLanguageAndUnitOfTheCall()
    {
        await using var host = await StartAsync();
        await RecordAsync(host, Month());

        var english = await ChartAsync(host, new ChartHealthRequest { Kind = HealthChartKind.BloodPressure, Period = SummaryPeriod.Week });
        var chinese = await ChartAsync(host, new ChartHealthRequest { Kind = HealthChartKind.Glucose, Unit = "mmol/L", Language = "zh-CN", UtcOffsetMinutes = 480 });

        Assert.Matches(@"^Blood pressure, 24 Mar 2026 to 31 Mar 2026: 1\d\d–1\d\d / \d\d–\d\d mmHg \(readings: 14\)\.$", english.Text);
        Assert.StartsWith("血糖，2026年3月30日 20:00 至 2026年3月31日 20:00：", chinese.Text, StringComparison.Ordinal);
        Assert.EndsWith(" mmol/L（288 次读数）。", chinese.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Points_AreAsManyAsAskedForAndKeepTheMean()
    {
        await using var host = await StartAsync();
        await RecordAsync(host, [.. Enumerable.Range(0, 288).Select(static i => new HealthSample { Type = "glucose", Value = i < 144 ? 100 : 140, Unit = "mg/dL", Time = Now.AddMinutes(5 * (i - 288)).ToUnixTimeMilliseconds() })]);

        var none = await ChartAsync(host, new ChartHealthRequest { Kind = HealthChartKind.Glucose });
        var few = await ChartAsync(host, new ChartHealthRequest { Kind = HealthChartKind.Glucose, Points = 12 });
        var all = await ChartAsync(host, new ChartHealthRequest { Kind = HealthChartKind.Glucose, Points = 500 });

        Assert.Equal((0, 12, 288), (none.Points.Count, few.Points.Count, all.Points.Count));
        Assert.Equal([100, 100, 100, 100, 100, 100, 140, 140, 140, 140, 140, 140], few.Points.Select(static point => point.Value));
        Assert.True(few.Points.Zip(few.Points.Skip(1)).All(static pair => pair.First.Time < pair.Second.Time));
        Assert.Equal(Now.AddDays(-1).ToUnixTimeMilliseconds(), all.Points[0].Time);
    }

    [Fact]
    public async Task WhatCannotBeDrawn_IsSaidWithWhatToDo()
    {
        await using var host = await StartAsync(new Dictionary<string, string> { ["health:max_chart_pixels"] = "100000" });
        await RecordAsync(host, [new HealthSample { Type = "weight", Value = 70, Unit = "kg", Time = Now.AddHours(-1).ToUnixTimeMilliseconds() }, new HealthSample { Type = "glucose", Value = 5.5, Unit = "mg/dL", Time = Now.AddHours(-1).ToUnixTimeMilliseconds() }]);

        async Task<EdgeHostException> FailsAsync(ChartHealthRequest request) => await Assert.ThrowsAsync<EdgeHostException>(() => ChartAsync(host, request));
        var flagged = await FailsAsync(new ChartHealthRequest { Kind = HealthChartKind.Glucose, Width = 300, Height = 300 });
        var unit = await FailsAsync(new ChartHealthRequest { Kind = HealthChartKind.Weight, Unit = "mmol/L", Width = 300, Height = 300 });
        var large = await FailsAsync(new ChartHealthRequest { Kind = HealthChartKind.Weight });
        var tiny = await FailsAsync(new ChartHealthRequest { Kind = HealthChartKind.Weight, Width = 10 });
        var language = await FailsAsync(new ChartHealthRequest { Kind = HealthChartKind.Weight, Language = "fr" });

        Assert.Equal(ErrorCode.NotFound, flagged.Code);
        Assert.Contains("no readings of glucose from 2026-03-30 12:00 to 2026-03-31 12:00", flagged.Message, StringComparison.Ordinal);
        Assert.All([unit, large, tiny, language], static error => Assert.Equal(ErrorCode.InvalidArgument, error.Code));
        Assert.Contains("[lb_av]", unit.Message, StringComparison.Ordinal);
        Assert.Contains("health:max_chart_pixels", large.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Chart_IsPutOnRecordAsAReading()
    {
        await using var host = await StartAsync();
        await RecordAsync(host, [new HealthSample { Type = "weight", Value = 70, Unit = "kg", Time = Now.AddHours(-1).ToUnixTimeMilliseconds() }]);

        await ChartAsync(host, new ChartHealthRequest { Kind = HealthChartKind.Weight });

        var answer = await host.CallAsync(HealthMethods.Export, WireMessageSerializer.ToArray(new ExportHealthRequest()));
        Assert.Contains(answer.ReadItems<HealthExportPage>().SelectMany(static page => page.Accesses), static access => access.Method == HealthMethods.Chart && access.Samples == 1);
    }

    [Fact]
    public async Task Ecg_GivesItsBeatsWithThePicture()
    {
        await using var host = await StartAsync();
        var ecg = new Signals.Tests.Synthetic.SyntheticEcg { Beats = Signals.Tests.Synthetic.SyntheticEcg.Regular(30, 60, 0) };
        var request = new ChartEcgRequest { Signal = ecg.Render(30), SampleRateHz = 360, StartMs = 5000, DurationMs = 6000, Language = "zh" };

        var response = await host.CallAsync<ChartEcgRequest, ChartEcgResponse>(HealthMethods.ChartEcg, request);
        var beyond = await Assert.ThrowsAsync<EdgeHostException>(() => host.CallAsync<ChartEcgRequest, ChartEcgResponse>(HealthMethods.ChartEcg, new ChartEcgRequest { Signal = new float[720], SampleRateHz = 360, StartMs = 2000 }));

        Assert.Equal((6, 1000, 320), (response.Beats.Count, response.Width, response.Height));
        Assert.All(response.Beats, static beat => Assert.InRange(beat.TimeMs, 5000, 11000));
        Assert.Equal("单导联心电图: 5 至 11 秒 · 6 次心搏 · 每分钟 60 次", response.Text);
        Assert.Equal(ErrorCode.InvalidArgument, beyond.Code);
        Assert.Contains("lasts 2000 ms", beyond.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Font_HasEveryCharacterOfWhatIsDrawn()
    {
        using var painter = new ChartPainter();
        var texts = new HealthTexts();
        var written = string.Concat(HealthTexts.Languages.SelectMany(language => texts.KeysOf(language).Where(IsDrawn).Select(key => texts.Get(language, key)))) + "0123456789.,:–−+·×%°µ²";

        var missing = painter.Font.MissingIn(written);
        Assert.True(missing.Count == 0, $"The font of charts lacks {string.Join(' ', missing)}: make it again as plugins/Health.Charts/Fonts/README.md says.");

        static bool IsDrawn(string key) => key.StartsWith("chart.", StringComparison.Ordinal) || key.StartsWith("type.", StringComparison.Ordinal);
    }

    private static Task<PluginTestHost> StartAsync(IReadOnlyDictionary<string, string>? settings = null) => HealthHost.StartAsync(new FakeTimeProvider(Now), settings);

    private static Task<ChartHealthResponse> ChartAsync(PluginTestHost host, ChartHealthRequest request) => host.CallAsync<ChartHealthRequest, ChartHealthResponse>(HealthMethods.Chart, request);

    private static async Task RecordAsync(PluginTestHost host, IReadOnlyList<HealthSample> samples)
    {
        var response = await host.CallAsync<RecordSamplesRequest, RecordSamplesResponse>(HealthMethods.Record, new RecordSamplesRequest { Samples = samples });
        Assert.Equal(samples.Count, response.Accepted + response.Flagged.Count);
    }
}
