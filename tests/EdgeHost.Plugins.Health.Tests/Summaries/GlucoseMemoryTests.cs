using EdgeHost.Capabilities.Health;
using EdgeHost.PluginSdk;
using EdgeHost.PluginSdk.Testing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;

namespace EdgeHost.Plugins.Health.Tests.Summaries;

/// <summary>What was learnt of a person's glucose is kept, and only what is new is read.</summary>
public class GlucoseMemoryTests
{
    private const int Readings = 400;

    private static readonly DateTimeOffset Now = new(2026, 3, 31, 12, 0, 0, TimeSpan.Zero);

    [Fact]
    public async Task Forecast_AfterARestart_IsTheSameAndReadsNothingAgain()
    {
        await using var first = await StartAsync(Readings);
        var before = await ForecastAsync(first, []);
        await using var second = await HealthHost.StartAsync(new FakeTimeProvider(Now));
        CopyData(first, second);
        var audit = new List<string>();

        var after = await ForecastAsync(second, audit);

        Assert.True(before.Examples > 300);
        Assert.Equal((before.Value, before.Low, before.High, before.Examples, before.LastTime), (after.Value, after.Low, after.High, after.Examples, after.LastTime));
        Assert.Equal(["read 0 of glucose"], audit);
    }

    [Fact]
    public async Task Forecast_WithNewReadings_LearnsFromThemOnTopOfWhatItKnows()
    {
        await using var whole = await StartAsync(Readings);
        await using var parts = await StartAsync(Readings - 4, warns: false);
        var audit = new List<string>();
        await ForecastAsync(parts, audit);

        await RecordAsync(parts, Readings - 4, 4);
        var expected = await ForecastAsync(whole, []);
        var forecast = await ForecastAsync(parts, audit);

        Assert.Equal([$"read {Readings - 4} of glucose", "read 4 of glucose"], audit);
        Assert.Equal((expected.Value, expected.Low, expected.High, expected.Examples), (forecast.Value, forecast.Low, forecast.High, forecast.Examples));
    }

    [Fact]
    public async Task Forecast_AfterOlderReadingsHaveCome_LearnsAnewFromAll()
    {
        await using var whole = await StartAsync(Readings);
        await using var host = await StartAsync(0, warns: false);
        await RecordAsync(host, 200, Readings - 200);
        var audit = new List<string>();
        var few = await ForecastAsync(host, audit);

        await RecordAsync(host, 0, 200);
        var all = await ForecastAsync(host, audit);

        Assert.Equal([$"read {Readings - 200} of glucose", $"read {Readings} of glucose"], audit);
        Assert.True(all.Examples > few.Examples);
        Assert.Equal((await ForecastAsync(whole, [])).Value, all.Value);
    }

    [Fact]
    public async Task Forecast_RestsOnWhatAlertsHaveLearnt()
    {
        await using var silent = await StartAsync(Readings, warns: false);
        await using var host = await StartAsync(Readings - 40);
        for (var i = Readings - 40; i < Readings; i += 8) await RecordAsync(host, i, 8);
        var audit = new List<string>();

        var forecast = await ForecastAsync(host, audit);
        var expected = await ForecastAsync(silent, audit);

        Assert.Equal(["read 0 of glucose", $"read {Readings} of glucose"], audit);
        Assert.Equal((expected.Value, expected.Low, expected.High, expected.Examples), (forecast.Value, forecast.Low, forecast.High, forecast.Examples));
    }

    [Theory]
    [InlineData(1, Readings)]
    [InlineData(40, 0)]
    public async Task LateReadings_AreLearntAtTheNextForecast_OrAtOnceWhereTheyAreMany(int late, int read)
    {
        await using var whole = await StartAsync(Readings);
        await using var host = await StartAsync(Readings - 100);
        await RecordAsync(host, Readings - 100 + late, 100 - late);
        await RecordAsync(host, Readings - 100, late);
        var audit = new List<string>();

        var forecast = await ForecastAsync(host, audit);

        Assert.Equal([$"read {read} of glucose"], audit);
        Assert.Equal((await ForecastAsync(whole, [])).Value, forecast.Value);
    }

    [Fact]
    public async Task Erase_ForgetsWhatWasLearnt()
    {
        await using var host = await StartAsync(Readings);
        var before = await ForecastAsync(host, []);

        await host.CallAsync<EraseHealthRequest, EraseHealthResponse>(HealthMethods.Erase, new EraseHealthRequest { Person = "self" });
        await RecordAsync(host, Readings - 20, 20);
        var after = await ForecastAsync(host, []);

        Assert.True(after.Examples < before.Examples - 300);
    }

    // Where no warning is wanted, alerts learn nothing and forecasts are on their own.
    private static async Task<PluginTestHost> StartAsync(int readings, bool warns = true)
    {
        var host = await HealthHost.StartAsync(new FakeTimeProvider(Now));
        if (!warns)
        {
            await host.CallAsync<SetAlertSettingsRequest, HealthAlertSettings>(
                HealthMethods.SetAlertSettings, new SetAlertSettingsRequest { Rules = [new HealthAlertRuleChange { Rule = "alert.glucose_low_predicted", Enabled = false }] });
        }

        await RecordAsync(host, 0, readings);
        return host;
    }

    private static async Task RecordAsync(PluginTestHost host, int first, int count) => await host.CallAsync<RecordSamplesRequest, RecordSamplesResponse>(HealthMethods.Record, new RecordSamplesRequest
    {
        Samples =
        [
            .. Enumerable.Range(first, count).Select(static i => new HealthSample
            {
                Type = "glucose", Value = 140 + (40 * Math.Sin(2 * Math.PI * i / 60)) + (10 * Math.Sin(2 * Math.PI * i / 17)), Unit = "mg/dL",
                Time = Now.AddMinutes(-5 * (Readings - i)).ToUnixTimeMilliseconds(), Source = "cgm",
            }),
        ],
    });

    private static Task<ForecastGlucoseResponse> ForecastAsync(PluginTestHost host, List<string> audit) => host.CallAsync<ForecastGlucoseRequest, ForecastGlucoseResponse>(
        HealthMethods.ForecastGlucose, new ForecastGlucoseRequest(), new PluginTestCall { RecordAccess = audit.Add });

    private static void CopyData(PluginTestHost from, PluginTestHost to)
    {
        var target = to.Services.GetRequiredService<IPluginStorage>().DataFolder;
        foreach (var path in Directory.EnumerateFiles(from.Services.GetRequiredService<IPluginStorage>().DataFolder).Where(static path => !path.EndsWith(".lock", StringComparison.Ordinal) && !path.EndsWith("-shm", StringComparison.Ordinal)))
            File.Copy(path, Path.Combine(target, Path.GetFileName(path)));
    }
}
