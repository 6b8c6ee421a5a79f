using EdgeHost.Capabilities.Health;
using EdgeHost.Plugins.Storage;
using EdgeHost.PluginSdk.Testing;
using EdgeHost.Serialization;
using Microsoft.Extensions.DependencyInjection;

namespace EdgeHost.Plugins.Health.Tests.Alerts;

/// <summary>Alerts and what a person has chosen of them are in the export, and gone after an erasure.</summary>
public class AlertExportTests
{
    [Fact]
    public async Task Export_HasEveryEntryOfAlerts_AsTheStreamOfThemTellsIt()
    {
        await using var rig = await AlertRig.StartAsync(new Dictionary<string, string> { ["health:export_page"] = "10" });
        for (var i = 0; i < 6; i++)
        {
            await rig.GlucoseAsync(50);
            await rig.AcknowledgeAsync((await rig.AlertsAsync())[^1].Id);
            rig.Time.Advance(TimeSpan.FromMinutes(5));
            await rig.GlucoseAsync(90);
            rig.Time.Advance(TimeSpan.FromMinutes(5));
        }

        var told = await rig.AlertsAsync(changes: true, language: "zh");
        var (pages, end) = await ExportAsync(rig, new ExportHealthRequest { Language = "zh" });

        var alerts = pages.SelectMany(static page => page.Alerts).ToList();
        Assert.Equal([AlertEvent.Raised, AlertEvent.Acknowledged, AlertEvent.Resolved], alerts.Take(3).Select(static entry => entry.Event));
        Assert.Equal(told.Select(Wire), alerts.Select(Wire));
        Assert.Equal((18, 18L), (alerts.Count, end.Alerts));
        Assert.All(pages, static page => Assert.InRange(page.Alerts.Count, 0, 10));
        Assert.All(pages, static page => Assert.Null(page.AlertSettings));
    }

    [Fact]
    public async Task Export_HasWhatWasChosen_AndChangesNothing()
    {
        await using var rig = await AlertRig.StartAsync();
        await rig.SetAsync(new SetAlertSettingsRequest
        {
            Rules = [new HealthAlertRuleChange { Rule = "alert.glucose_low", Limit = 80, BreaksQuietHours = true }, new HealthAlertRuleChange { Rule = "alert.heart_rate_low", Enabled = false }],
            QuietHours = new HealthQuietHours { Start = "22:30", End = "07:00" },
            TimeZone = "Asia/Shanghai",
            EscalateAfterMinutes = 30,
        });
        var until = (await rig.SnoozeAsync(60, "alert.glucose_very_high")).Until;
        await rig.GlucoseAsync(300, 300, 300, 300, 300, 300, 300);
        rig.Time.Advance(TimeSpan.FromHours(2));

        var chosen = (await ExportAsync(rig, new ExportHealthRequest())).Pages.Single(static page => page.AlertSettings is not null).AlertSettings!;
        var (again, _) = await ExportAsync(rig, new ExportHealthRequest());

        HealthAlertRule Rule(string name) => chosen.Rules.Single(rule => rule.Rule == name);
        Assert.Equal((80.0, 70.0, true), (Rule("alert.glucose_low").Limit, Rule("alert.glucose_low").DefaultLimit, Rule("alert.glucose_low").BreaksQuietHours));
        Assert.False(Rule("alert.heart_rate_low").Enabled);
        Assert.Equal(until, Rule("alert.glucose_very_high").SnoozedUntil);
        Assert.Equal(("22:30", "07:00", "Asia/Shanghai", 30), (chosen.QuietHours?.Start, chosen.QuietHours?.End, chosen.TimeZone, chosen.EscalateAfterMinutes));

        // The alert is held back and due by now; only who asks for alerts hears of it.
        Assert.Equal(AlertHold.Snoozed, Assert.Single(again.SelectMany(static page => page.Alerts)).Held);
    }

    [Fact]
    public async Task Export_GivesAlertsOfGrantedTypesAlone()
    {
        await using var rig = await AlertRig.StartAsync();
        await rig.GlucoseAsync(50);
        await rig.RecordAsync("systolic", "mm[Hg]", 5, 190);
        await rig.SetAsync("alert.glucose_low", limit: 80);

        var (pages, end) = await ExportAsync(rig, new ExportHealthRequest(), new PluginTestCall { Allows = static name => name is "health.read.systolic" });

        Assert.Equal("alert.systolic_severe", Assert.Single(pages.SelectMany(static page => page.Alerts)).Finding.Rule);
        Assert.Equal(1, end.Alerts);
        Assert.Contains("glucose", end.Withheld);
        Assert.Single(pages, static page => page.AlertSettings is not null);
    }

    [Fact]
    public async Task Erasure_LeavesNoRowOfThePersonsAlerts()
    {
        await using var rig = await AlertRig.StartAsync();
        await rig.GlucoseAsync(50);
        await rig.SetAsync("alert.glucose_low", limit: 80);
        await rig.SnoozeAsync(60);
        Assert.All(await RowsAsync(rig), static rows => Assert.NotEqual(0, rows));

        await rig.Host.CallAsync<EraseHealthRequest, EraseHealthResponse>(HealthMethods.Erase, new EraseHealthRequest { Person = "self" });

        Assert.All(await RowsAsync(rig), static rows => Assert.Equal(0, rows));
        Assert.Empty((await ExportAsync(rig, new ExportHealthRequest())).Pages);
    }

    private static string Wire(HealthAlert alert) => Convert.ToHexString(WireMessageSerializer.ToArray(alert));

    private static async Task<(IReadOnlyList<HealthExportPage> Pages, ExportHealthResponse End)> ExportAsync(AlertRig rig, ExportHealthRequest request, PluginTestCall? call = null)
    {
        var answer = await rig.Host.CallAsync(HealthMethods.Export, WireMessageSerializer.ToArray(request), call ?? new PluginTestCall());
        return (answer.ReadItems<HealthExportPage>(), answer.Read<ExportHealthResponse>());
    }

    private static Task<long[]> RowsAsync(AlertRig rig) => rig.Host.Services.GetRequiredService<PluginDatabase>().ReadAsync<long[]>(
        static connection => [.. new[] { "alert", "alert_state", "alert_settings" }.Select(table => connection.Integer($"SELECT count(*) FROM {table}"))], CancellationToken.None);
}
