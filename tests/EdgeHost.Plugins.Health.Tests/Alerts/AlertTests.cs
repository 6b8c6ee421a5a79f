using EdgeHost.Capabilities.Health;
using EdgeHost.PluginSdk.Testing;
using EdgeHost.Serialization;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;

namespace EdgeHost.Plugins.Health.Tests.Alerts;

/// <summary><c>health.alerts</c>: what raises an alert, once, and what does not.</summary>
public class AlertTests
{
    private static readonly DateTimeOffset Now = new(2026, 3, 31, 12, 0, 0, TimeSpan.Zero);

    [Fact]
    public async Task VeryLowGlucose_IsRaisedAtOnceAndOnceOnly()
    {
        await using var host = await StartAsync();
        var first = Glucose(-60, 50);

        await RecordAsync(host, first);
        await RecordAsync(host, first);
        await RecordAsync(host, Glucose(-55, 52), Glucose(-50, 58));

        var alert = Assert.Single(await AlertsAsync(host), static alert => alert.Finding.Rule == "alert.glucose_very_low");
        Assert.Equal((FindingSeverity.Urgent, 54.0, 50.0), (alert.Finding.Severity, alert.Limit, alert.Finding.Readings[0].Value));
        Assert.Equal(first.Time, alert.Time);
        Assert.Contains("emergency", alert.Finding.Advice, StringComparison.Ordinal);
        Assert.Contains("2019", alert.Finding.Guideline, StringComparison.Ordinal);
    }

    [Fact]
    public async Task LowGlucose_NeedsToLastAndClearsAboveItsLimit()
    {
        await using var host = await StartAsync();

        await RecordAsync(host, Glucose(-120, 68), Glucose(-115, 72));
        await RecordAsync(host, Glucose(-100, 69), Glucose(-95, 66), Glucose(-90, 65));
        Assert.Empty(await AlertsAsync(host));
        await RecordAsync(host, Glucose(-85, 64));
        await RecordAsync(host, Glucose(-80, 71), Glucose(-75, 69), Glucose(-70, 68), Glucose(-65, 68), Glucose(-60, 67));
        Assert.Single(await AlertsAsync(host));
        await RecordAsync(host, Glucose(-55, 80));
        await RecordAsync(host, Glucose(-40, 69), Glucose(-30, 66), Glucose(-20, 65));

        var alerts = await AlertsAsync(host);
        Assert.Equal(2, alerts.Count);
        Assert.Equal((Now.AddMinutes(-100).ToUnixTimeMilliseconds(), Now.AddMinutes(-85).ToUnixTimeMilliseconds()), (alerts[0].Since, alerts[0].Time));
        Assert.Equal([alerts[1].Id], (await AlertsAsync(host, alerts[0].Id)).Select(static alert => alert.Id));
    }

    [Fact]
    public async Task GapLateSampleFlaggedAndOldOnes_RaiseNothing()
    {
        await using var host = await StartAsync();

        await RecordAsync(host, Glucose(-100, 69), Glucose(-60, 69));
        await RecordAsync(host, Glucose(-80, 50), Glucose(-60 * 48, 40));
        await RecordAsync(host, new HealthSample { Type = "glucose", Value = 3, Unit = "mg/dL", Time = Now.ToUnixTimeMilliseconds() });

        Assert.Empty(await AlertsAsync(host));
    }

    [Fact]
    public async Task SensorWhoseClockIsAhead_HidesNothingThatOthersMeasure()
    {
        await using var host = await StartAsync();

        await RecordAsync(host, Glucose(50, 100));
        await RecordAsync(host, Glucose(0, 100));
        Assert.Empty(await AlertsAsync(host));
        var time = (FakeTimeProvider)host.Services.GetRequiredService<TimeProvider>();
        time.Advance(TimeSpan.FromMinutes(5));
        await RecordAsync(host, Glucose(5, 50));

        Assert.Equal("alert.glucose_very_low", Assert.Single(await AlertsAsync(host)).Finding.Rule);
    }

    [Fact]
    public async Task Follower_HearsOfAnAlertWhenItsSampleIsKept()
    {
        await using var host = await StartAsync();
        await RecordAsync(host, Glucose(-30, 100));
        using var stop = new CancellationTokenSource();
        var following = host.CallAsync(HealthMethods.Alerts, WireMessageSerializer.ToArray(new AlertsRequest()), cancellationToken: stop.Token);

        await RecordAsync(host, new HealthSample { Type = "systolic", Value = 25, Unit = "kPa", Time = Now.ToUnixTimeMilliseconds() });
        Assert.False(following.IsCompleted);
        await stop.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => following);
        Assert.Equal("alert.systolic_severe", Assert.Single(await AlertsAsync(host)).Finding.Rule);
    }

    private static Task<PluginTestHost> StartAsync() => HealthHost.StartAsync(new FakeTimeProvider(Now));

    private static HealthSample Glucose(int minutes, double value) => new() { Type = "glucose", Value = value, Unit = "mg/dL", Time = Now.AddMinutes(minutes).ToUnixTimeMilliseconds() };

    private static Task<RecordSamplesResponse> RecordAsync(PluginTestHost host, params HealthSample[] samples)
        => host.CallAsync<RecordSamplesRequest, RecordSamplesResponse>(HealthMethods.Record, new RecordSamplesRequest { Samples = samples });

    private static async Task<IReadOnlyList<HealthAlert>> AlertsAsync(PluginTestHost host, long after = 0)
        => (await host.CallAsync(HealthMethods.Alerts, WireMessageSerializer.ToArray(new AlertsRequest { After = after, Follow = false }))).ReadItems<HealthAlert>();
}
