using EdgeHost.Capabilities.Health;
using EdgeHost.PluginSdk.Testing;
using EdgeHost.Serialization;
using EdgeHost.TestKit;

namespace EdgeHost.Plugins.Health.Tests;

/// <summary>The laid-out folder works in a load context of its own, with SQLite and the native library of charts found in it, and can be unloaded after it was used.</summary>
public class HealthUnloadTests
{
    [Fact]
    public async Task LaidOutPlugin_AfterCallsAndStop_Unloads()
        => Assert.True(
            await LaidOutPlugin.UnloadsAsync("Health", "EdgeHost.Plugins.Health", static async (plugin, context) =>
            {
                Assert.IsNotType<HealthPlugin>(plugin);
                var host = await PluginTestHost.StartAsync(plugin, new PluginTestOptions());
                var recorded = await host.CallAsync<RecordSamplesRequest, RecordSamplesResponse>(
                    HealthMethods.Record, new RecordSamplesRequest { Samples = [new HealthSample { Type = "weight", Value = 70, Unit = "kg", Time = 1_700_000_000_000 }] });
                Assert.Equal(1, recorded.Accepted);
                await host.CallAsync<SetAlertSettingsRequest, HealthAlertSettings>(HealthMethods.SetAlertSettings, new SetAlertSettingsRequest { Rules = [new HealthAlertRuleChange { Rule = "alert.systolic_severe", Limit = 150 }] });
                await host.CallAsync<RecordSamplesRequest, RecordSamplesResponse>(
                    HealthMethods.Record, new RecordSamplesRequest { Samples = [new HealthSample { Type = "systolic", Value = 160, Unit = "mm[Hg]", Time = TimeProvider.System.GetUtcNow().ToUnixTimeMilliseconds() }] });
                var alerts = await host.CallAsync(HealthMethods.Alerts, WireMessageSerializer.ToArray(new AlertsRequest { Follow = false }));
                Assert.Single(alerts.ReadItems<HealthAlert>());
                var chart = await host.CallAsync<ChartHealthRequest, ChartHealthResponse>(HealthMethods.Chart, new ChartHealthRequest { Kind = HealthChartKind.Weight, Until = 1_700_000_001_000 });
                Assert.True(chart.Png.Length > 1000);
                Assert.Contains(context.Assemblies, static loaded => loaded.GetName().Name == "SQLitePCLRaw.core");
                Assert.Contains(context.Assemblies, static loaded => loaded.GetName().Name == "SkiaSharp");
                await host.StopAsync();
            }),
            "The plugin's load context is still in memory after its last use.");
}
