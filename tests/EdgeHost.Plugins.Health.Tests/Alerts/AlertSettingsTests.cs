using EdgeHost.Capabilities.Health;

namespace EdgeHost.Plugins.Health.Tests.Alerts;

/// <summary>What a person may choose of alerts, and what not.</summary>
public class AlertSettingsTests
{
    [Fact]
    public async Task PersonalLimit_RaisesAndClearsInItsPlace()
    {
        await using var rig = await AlertRig.StartAsync();
        var settings = await rig.SetAsync("alert.glucose_low", limit: 84);

        await rig.GlucoseAsync(83, 82, 81, 83, 88, 91);

        var rule = Assert.Single(settings.Rules, static rule => rule.Rule == "alert.glucose_low");
        Assert.Equal((84.0, 70.0, 90.0, 60.0, 100.0), (rule.Limit, rule.DefaultLimit, rule.ClearAt, rule.LeastLimit, rule.MostLimit));
        var entries = (await rig.AlertsAsync(changes: true)).Where(static entry => entry.Finding.Rule == "alert.glucose_low").ToList();
        Assert.Equal([AlertEvent.Raised, AlertEvent.Resolved], entries.Select(static entry => entry.Event));
        Assert.Equal((84.0, 91.0), (entries[0].Limit, entries[1].Finding.Readings[0].Value));
        Assert.Contains("below 84 mg/dL", entries[0].Finding.Text, StringComparison.Ordinal);
        Assert.Equal(70, (await rig.SetAsync("alert.glucose_low", reset: true)).Rules.Single(static rule => rule.Rule == "alert.glucose_low").Limit);
    }

    [Fact]
    public async Task UnsafeChoices_AreRefusedWithWhatIsSafe()
    {
        await using var rig = await AlertRig.StartAsync();

        Assert.Contains("from 60 to 100 mg/dL", await AlertRig.RefusedAsync(() => rig.SetAsync("alert.glucose_low", limit: 40)), StringComparison.Ordinal);
        Assert.Contains("from 54 to 70", await AlertRig.RefusedAsync(() => rig.SetAsync("alert.glucose_very_low", limit: 53.9)), StringComparison.Ordinal);
        Assert.Contains("from 140 to 180", await AlertRig.RefusedAsync(() => rig.SetAsync("alert.systolic_severe", limit: 200)), StringComparison.Ordinal);
        Assert.Contains("is fixed", await AlertRig.RefusedAsync(() => rig.SetAsync("alert.ecg_ventricular_run", limit: 2)), StringComparison.Ordinal);
        Assert.Contains("emergency", await AlertRig.RefusedAsync(() => rig.SetAsync("alert.systolic_severe", enabled: false)), StringComparison.Ordinal);
        Assert.Contains("emergency", await AlertRig.RefusedAsync(() => rig.SetAsync("alert.ecg_pause", breaksQuietHours: false)), StringComparison.Ordinal);
        Assert.Contains("cannot be snoozed", await AlertRig.RefusedAsync(() => rig.SnoozeAsync(10, "alert.glucose_very_low")), StringComparison.Ordinal);
        Assert.Contains("at most 1440", await AlertRig.RefusedAsync(() => rig.SnoozeAsync(1441)), StringComparison.Ordinal);
        Assert.Contains("alert.glucose_low", await AlertRig.RefusedAsync(() => rig.SetAsync("alert.nothing")), StringComparison.Ordinal);
        Assert.Contains("Mars/Base", await AlertRig.RefusedAsync(() => rig.SetAsync(new SetAlertSettingsRequest { TimeZone = "Mars/Base" })), StringComparison.Ordinal);
        Assert.Contains("HH:mm", await AlertRig.RefusedAsync(() => rig.SetAsync(new SetAlertSettingsRequest { QuietHours = new HealthQuietHours { Start = "25:00", End = "07:00" } })), StringComparison.Ordinal);
        Assert.Contains("same time", await AlertRig.RefusedAsync(() => rig.SetAsync(new SetAlertSettingsRequest { QuietHours = new HealthQuietHours { Start = "07:00", End = "07:00" } })), StringComparison.Ordinal);
        Assert.All((await rig.SettingsAsync()).Rules, static rule => Assert.Equal(rule.DefaultLimit, rule.Limit));
    }

    [Fact]
    public async Task RuleThatIsOff_RaisesNothingAndEndsWhatItHasRaised()
    {
        await using var rig = await AlertRig.StartAsync();
        await rig.RecordAsync("resting_heart_rate", "/min", 5, 130);

        await rig.SetAsync("alert.resting_heart_rate_high", enabled: false);
        rig.Time.Advance(TimeSpan.FromDays(1));
        await rig.RecordAsync("resting_heart_rate", "/min", 5, 140);

        Assert.Single(await rig.AlertsAsync());
        Assert.Equal(AlertEvent.Expired, (await rig.AlertsAsync(changes: true))[^1].Event);
        Assert.False((await rig.SettingsAsync()).Rules.Single(static rule => rule.Rule == "alert.resting_heart_rate_high").Enabled);
    }

    [Fact]
    public async Task QuietHours_HoldBackWhatIsNotUrgentUntilTheMorningOfThePersonsZone()
    {
        await using var rig = await AlertRig.StartAsync();

        // Noon UTC is 20:00 in Shanghai.
        await rig.SetAsync(new SetAlertSettingsRequest { QuietHours = new HealthQuietHours { Start = "22:00", End = "07:00" }, TimeZone = "Asia/Shanghai" });
        rig.Time.Advance(TimeSpan.FromHours(3));
        await rig.RecordAsync("resting_heart_rate", "/min", 5, 130);
        await rig.RecordAsync("systolic", "mm[Hg]", 5, 190);

        var night = await rig.AlertsAsync();
        var held = Assert.Single(await rig.AlertsAsync(changes: true), static entry => entry.Held is not null);
        rig.Time.Advance(TimeSpan.FromHours(7.9));
        Assert.DoesNotContain(await rig.AlertsAsync(), static alert => alert.Finding.Rule == "alert.resting_heart_rate_high");
        rig.Time.Advance(TimeSpan.FromHours(0.2));
        var morning = Assert.Single(await rig.AlertsAsync(), static alert => alert.Finding.Rule == "alert.resting_heart_rate_high");

        Assert.Equal("alert.systolic_severe", Assert.Single(night).Finding.Rule);
        Assert.Equal(("alert.resting_heart_rate_high", AlertHold.QuietHours), (held.Finding.Rule, held.Held));
        Assert.Equal((AlertEvent.Raised, held.Id, 130.0, 1), (morning.Event, morning.Episode, morning.Finding.Readings[0].Value, morning.Level));
    }

    [Fact]
    public async Task QuietHours_AreBrokenByRulesOfThePersonsChoice_AndWhatIsOverInTheMorningIsNotSaid()
    {
        await using var rig = await AlertRig.StartAsync();
        await rig.SetAsync(new SetAlertSettingsRequest { QuietHours = new HealthQuietHours { Start = "11:00", End = "13:00" } });
        await rig.SetAsync("alert.glucose_low", breaksQuietHours: true);

        await rig.GlucoseAsync(69, 68, 67, 66);
        await rig.RecordAsync("resting_heart_rate", "/min", 5, 130);
        rig.Time.Advance(TimeSpan.FromMinutes(30));
        await rig.RecordAsync("resting_heart_rate", "/min", 5, 80);
        await rig.SetAsync(new SetAlertSettingsRequest { NoQuietHours = true });

        Assert.All(await rig.AlertsAsync(), static alert => Assert.Equal("alert.glucose_low", alert.Finding.Rule));
        Assert.Null((await rig.SettingsAsync()).QuietHours);
    }

    [Fact]
    public async Task SnoozedAlert_IsSaidAtItsEndIfItStillHolds()
    {
        await using var rig = await AlertRig.StartAsync();
        var snoozed = await rig.SnoozeAsync(60, "alert.glucose_very_high");
        await rig.GlucoseAsync(260, 262, 265, 268, 270, 272, 275, 280);

        Assert.Equal(["alert.glucose_very_high"], snoozed.Rules);
        Assert.Empty(await rig.AlertsAsync());
        Assert.Equal(AlertHold.Snoozed, Assert.Single(await rig.AlertsAsync(changes: true)).Held);
        rig.Time.Advance(TimeSpan.FromMinutes(55));
        await rig.GlucoseAsync(285);
        rig.Time.Advance(TimeSpan.FromMinutes(5));

        var alert = Assert.Single(await rig.AlertsAsync());
        Assert.Equal(AlertEvent.Raised, alert.Event);
        Assert.Null((await rig.SettingsAsync()).Rules.Single(static rule => rule.Rule == "alert.glucose_very_high").SnoozedUntil);
    }

    [Fact]
    public async Task Snooze_SilencesWhatWasSaidAndCanBeEnded()
    {
        await using var rig = await AlertRig.StartAsync();
        await rig.RecordAsync("resting_heart_rate", "/min", 5, 130);
        Assert.Single(await rig.AlertsAsync());

        await rig.SnoozeAsync(120);
        rig.Time.Advance(TimeSpan.FromMinutes(60));
        Assert.Single(await rig.AlertsAsync());
        await rig.SnoozeAsync(0);

        Assert.Equal([AlertEvent.Raised, AlertEvent.Raised], (await rig.AlertsAsync()).Select(static alert => alert.Event));
    }

    [Fact]
    public async Task Escalation_FollowsThePersonsChoice()
    {
        await using var rig = await AlertRig.StartAsync();
        Assert.Equal((15, 5), ((await rig.SettingsAsync()).EscalateAfterMinutes, (await rig.SettingsAsync()).UrgentEscalateAfterMinutes));
        await rig.SetAsync(new SetAlertSettingsRequest { EscalateAfterMinutes = 0 });
        await rig.RecordAsync("resting_heart_rate", "/min", 5, 130);
        await rig.RecordAsync("systolic", "mm[Hg]", 5, 190);
        rig.Time.Advance(TimeSpan.FromHours(1));

        Assert.Equal("alert.systolic_severe", Assert.Single(await rig.AlertsAsync(), static alert => alert.Event == AlertEvent.Escalated).Finding.Rule);
    }

    [Fact]
    public async Task ErasedPerson_HasNoChoicesAnyMore()
    {
        await using var rig = await AlertRig.StartAsync();
        await rig.SetAsync("alert.glucose_low", limit: 90);

        await rig.Host.CallAsync<EraseHealthRequest, EraseHealthResponse>(HealthMethods.Erase, new EraseHealthRequest { Person = "self" });

        Assert.Equal(70, (await rig.SettingsAsync()).Rules.Single(static rule => rule.Rule == "alert.glucose_low").Limit);
    }
}
