using EdgeHost.Capabilities.Health;
using EdgeHost.Plugins.Storage;
using Microsoft.Extensions.DependencyInjection;

namespace EdgeHost.Plugins.Health.Tests.Alerts;

/// <summary>The alert of a low that is forecast.</summary>
public class PredictedLowTests
{
    private const string Rule = "alert.glucose_low_predicted";

    [Fact]
    public async Task FallingGlucose_IsWarnedOfBeforeItIsLow_AndEndsWhenItRises()
    {
        await using var rig = await AlertRig.StartAsync();
        await TeachAsync(rig);
        var after = (await rig.AlertsAsync(changes: true)) is { Count: > 0 } before ? before[^1].Id : 0;

        // From the top of the curve through its low of 60 and up again.
        for (var i = 0; i < 45; i++)
        {
            rig.Time.Advance(TimeSpan.FromMinutes(5));
            await rig.GlucoseAsync(Curve(2055 + i));
        }

        var entries = (await rig.AlertsAsync(changes: true, after)).Where(static entry => entry.Finding.Rule == Rule && entry.Event is not AlertEvent.Escalated).ToList();
        Assert.Equal([AlertEvent.Raised, AlertEvent.Resolved], entries.Select(static entry => entry.Event));
        var (forecast, now) = (entries[0].Finding.Readings[0], entries[0].Finding.Readings[1]);
        Assert.Equal(("glucose_forecast", "glucose"), (forecast.Type, now.Type));
        Assert.InRange(forecast.Value, 50, 70);
        Assert.InRange(now.Value, 71, 110);
        Assert.Equal(30 * 60_000, forecast.Time - now.Time);
        Assert.Contains("2017", entries[0].Finding.Guideline, StringComparison.Ordinal);
        var low = (await rig.AlertsAsync(changes: false, after)).First(static alert => alert.Finding.Rule == "alert.glucose_low");
        Assert.InRange(low.Since - entries[0].Time, 10 * 60_000, 40 * 60_000);
    }

    [Fact]
    public async Task Warning_RestsOnWhatIsKept_AndReadsNoReadingAgain()
    {
        await using var rig = await AlertRig.StartAsync();
        await TeachAsync(rig);
        await rig.Host.Services.GetRequiredService<PluginDatabase>().WriteAsync(static connection => connection.Execute("DELETE FROM sample"), CancellationToken.None);

        for (var i = 0; i < 30; i++)
        {
            rig.Time.Advance(TimeSpan.FromMinutes(5));
            await rig.GlucoseAsync(Curve(2055 + i));
        }

        Assert.Contains(await rig.AlertsAsync(), static alert => alert.Finding.Rule == Rule);
    }

    [Fact]
    public async Task Rule_CanBeSwitchedOffAndNeedsTheLastHour()
    {
        await using var rig = await AlertRig.StartAsync();
        await rig.GlucoseAsync(120, 110, 100, 90, 80);
        Assert.Empty(await rig.AlertsAsync());

        await rig.SetAsync(Rule, enabled: false);
        await TeachAsync(rig);

        Assert.DoesNotContain(await rig.AlertsAsync(), static alert => alert.Finding.Rule == Rule);
    }

    // Six days that end at the top of the curve, without the last day but for its last two hours, so that the past raises nothing.
    private static Task<RecordSamplesResponse> TeachAsync(AlertRig rig) => rig.RecordAsync(
        [.. Enumerable.Range(0, 2055).Where(static i => i is < 1700 or > 2030).Select(i => new HealthSample { Type = "glucose", Value = Curve(i), Unit = "mg/dL", Time = rig.Now.AddMinutes(-5 * (2054 - i)).ToUnixTimeMilliseconds() })]);

    private static double Curve(int i) => 110 + (50 * Math.Sin(2 * Math.PI * i / 60));
}
