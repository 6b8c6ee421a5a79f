using EdgeHost.Capabilities.Health;
using EdgeHost.Plugins.Health.Alerts;
using EdgeHost.Serialization;
using Microsoft.Extensions.DependencyInjection;

namespace EdgeHost.Plugins.Health.Tests.Alerts;

/// <summary>What becomes of an alert: said again, acknowledged, over, or no longer known.</summary>
public class AlertLifecycleTests
{
    [Fact]
    public async Task AlertThatNobodyAcknowledges_IsSaidAgainAtHigherLevels()
    {
        await using var rig = await AlertRig.StartAsync();
        await rig.RecordAsync("systolic", "mm[Hg]", 5, 185);

        rig.Time.Advance(TimeSpan.FromMinutes(4));
        Assert.Single(await rig.AlertsAsync());
        rig.Time.Advance(TimeSpan.FromMinutes(1));
        var again = (await rig.AlertsAsync())[^1];
        rig.Time.Advance(TimeSpan.FromMinutes(5));
        await rig.AlertsAsync();
        rig.Time.Advance(TimeSpan.FromMinutes(30));
        var all = await rig.AlertsAsync();

        Assert.Equal((AlertEvent.Escalated, 2, all[0].Id), (again.Event, again.Level, again.Episode));
        Assert.Equal([1, 2, 3], all.Select(static alert => alert.Level));
        Assert.StartsWith("Nobody has acknowledged this yet: Systolic", again.Finding.Text, StringComparison.Ordinal);
        Assert.Contains("emergency", again.Finding.Advice, StringComparison.Ordinal);
        Assert.Equal((185, "rig"), (again.Finding.Readings[0].Value, again.Finding.Readings[0].Source));
    }

    [Fact]
    public async Task AcknowledgedAlert_IsNotSaidAgain()
    {
        await using var rig = await AlertRig.StartAsync();
        await rig.RecordAsync("diastolic", "mm[Hg]", 5, 125);
        var alert = Assert.Single(await rig.AlertsAsync());

        var first = await rig.AcknowledgeAsync(alert.Id);
        var second = await rig.AcknowledgeAsync(alert.Id);
        rig.Time.Advance(TimeSpan.FromHours(1));

        Assert.Equal((alert.Id, true, false), (first.Episode, first.IsNew, second.IsNew));
        Assert.Single(await rig.AlertsAsync());
        Assert.Equal([AlertEvent.Raised, AlertEvent.Acknowledged], (await rig.AlertsAsync(changes: true)).Select(static entry => entry.Event));
        var error = await Assert.ThrowsAsync<EdgeHostException>(() => rig.AcknowledgeAsync(99));
        Assert.Equal(ErrorCode.NotFound, error.Code);
    }

    [Fact]
    public async Task AlertThatIsOver_IsSaidToThoseWhoAskAndRaisedAnewLater()
    {
        await using var rig = await AlertRig.StartAsync();
        await rig.GlucoseAsync(50, 57, 61, 90, 52);

        var entries = await rig.AlertsAsync(changes: true, language: "zh");

        Assert.Equal([AlertEvent.Raised, AlertEvent.Resolved, AlertEvent.Raised], entries.Select(static entry => entry.Event));
        Assert.Equal((entries[0].Id, FindingSeverity.Info, 61.0), (entries[1].Episode, entries[1].Finding.Severity, entries[1].Finding.Readings[0].Value));
        Assert.Contains("解除", entries[1].Finding.Text, StringComparison.Ordinal);
        Assert.Null(entries[1].Finding.Advice);
        Assert.Equal(2, (await rig.AlertsAsync()).Count);
    }

    [Fact]
    public async Task AlertWithoutNewerReadings_ExpiresAndTheNextReadingRaisesItAgain()
    {
        await using var rig = await AlertRig.StartAsync();
        await rig.RecordAsync("systolic", "mm[Hg]", 5, 185);
        await rig.AcknowledgeAsync(Assert.Single(await rig.AlertsAsync()).Id);

        rig.Time.Advance(TimeSpan.FromHours(24));
        var expired = (await rig.AlertsAsync(changes: true))[^1];
        await rig.RecordAsync("systolic", "mm[Hg]", 5, 190);

        Assert.Equal(AlertEvent.Expired, expired.Event);
        Assert.Contains("no newer reading", expired.Finding.Text, StringComparison.Ordinal);
        Assert.Equal([185.0, 190.0], (await rig.AlertsAsync()).Select(static alert => alert.Finding.Readings[0].Value));
    }

    [Fact]
    public async Task Follower_SaysWhatIsDueByItself()
    {
        await using var rig = await AlertRig.StartAsync();
        await rig.RecordAsync("systolic", "mm[Hg]", 5, 185);
        using var stop = new CancellationTokenSource();
        var following = rig.Host.CallAsync(HealthMethods.Alerts, WireMessageSerializer.ToArray(new AlertsRequest()), cancellationToken: stop.Token);
        var written = rig.Host.Services.GetRequiredService<AlertSignal>().Next;

        rig.Time.Advance(TimeSpan.FromMinutes(5));
        await written.WaitAsync(TimeSpan.FromSeconds(60));
        await stop.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => following);
        Assert.Equal([AlertEvent.Raised, AlertEvent.Escalated], (await rig.AlertsAsync()).Select(static entry => entry.Event));
    }

    [Fact]
    public void State_AsBytes_IsWhatItWas()
    {
        foreach (var state in new[] { AlertState.Start, new AlertState { LastTime = 5, Since = 3, ClearSince = 4, IsRaised = true, Episode = 7, Level = 2, SaidAt = 9, IsHeld = true }, AlertState.Over(-5) with { IsAcknowledged = true } })
            Assert.Equal(state, AlertState.FromBytes(state.ToBytes()));
        Assert.Throws<EdgeHostException>(() => AlertState.FromBytes(new byte[18]));
    }

    [Fact]
    public void FirstForms_AreStillRead()
    {
        var state = AlertState.FromBytes([1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 128, 1]);
        var entry = AlertForms.ReadEntry("alert.glucose_low\n100\n200\n65.5\ncgm\n2"u8.ToArray());

        Assert.Equal((1L, null, true, 0L), (state.LastTime, state.Since, state.IsRaised, state.Episode));
        Assert.Equal((AlertEvent.Raised, 100L, 200L, 65.5, "cgm\n2", 70.0), (entry.Event, entry.Since, entry.Time, entry.Readings[0].Value, entry.Readings[0].Source, entry.Limit));
        Assert.Equal(entry.Rule, AlertForms.ReadEntry(AlertForms.Write(entry)).Rule);
        Assert.Throws<EdgeHostException>(() => AlertForms.ReadEntry("{\"Event\":\"x\"}"u8.ToArray()));
    }
}
