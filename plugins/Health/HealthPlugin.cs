using EdgeHost.Plugins.Health.Access;
using EdgeHost.Plugins.Health.Alerts;
using EdgeHost.Plugins.Health.BloodPressure;
using EdgeHost.Plugins.Health.Charts;
using EdgeHost.Plugins.Health.Charts.Painting;
using EdgeHost.Plugins.Health.Findings;
using EdgeHost.Plugins.Health.Imports;
using EdgeHost.Plugins.Health.Journal;
using EdgeHost.Plugins.Health.Recordings;
using EdgeHost.Plugins.Health.Samples;
using EdgeHost.Plugins.Health.Sensors;
using EdgeHost.Plugins.Health.Storage;
using EdgeHost.Plugins.Health.Summaries;
using EdgeHost.Plugins.Health.Texts;
using EdgeHost.Plugins.Health.Waves;
using EdgeHost.PluginSdk;
using EdgeHost.PluginSdk.Typed;
using Microsoft.Extensions.DependencyInjection;

namespace EdgeHost.Plugins.Health;

/// <summary>The entry point: heart signals, readings and what they mean.</summary>
public sealed class HealthPlugin : EdgeHostPlugin
{
    public override void Configure(IPluginBuilder plugin)
    {
        ArgumentNullException.ThrowIfNull(plugin);
        plugin.Services
            .AddSingleton(HealthOptions.FromSettings(plugin.Environment.Settings))
            .AddSingleton<HealthTexts>()
            .AddSingleton<FindingWriter>()
            .AddSingleton<PressureCheck>()
            .AddSingleton<SampleReader>()
            .AddSingleton<MasterKey>()
            .AddSingleton(HealthTables.Open)
            .AddSingleton<PersonTable>()
            .AddSingleton<AccessLog>()
            .AddSingleton<AlertClock>()
            .AddSingleton<GlucoseLearner>()
            .AddSingleton<GlucoseWatch>()
            .AddSingleton<AlertJudge>()
            .AddSingleton<AlertSignal>()
            .AddSingleton<AlertStore>()
            .AddSingleton<AlertMessages>()
            .AddSingleton<SampleStore>()
            .AddSingleton<GlucoseMemory>()
            .AddSingleton<PressureSummaryMaker>()
            .AddSingleton<WaveStore>()
            .AddSingleton<SummaryMaker>()
            .AddSingleton<ChartPainter>()
            .AddSingleton<ChartRenderer>()
            .AddSingleton<ChartMaker>();
        plugin.AddCapability<AnalyzeEcgHandler>()
            .AddCapability<AnalyzeEcgStreamHandler>()
            .AddCapability<AnalyzePpgHandler>()
            .AddCapability<AnalyzePpgStreamHandler>()
            .AddCapability<ClassifyBloodPressureHandler>()
            .AddCapability<RecordHandler>()
            .AddCapability<SummaryHandler>()
            .AddCapability<ChartHandler>()
            .AddCapability<ChartEcgHandler>()
            .AddCapability<ForecastGlucoseHandler>()
            .AddCapability<ExportHandler>()
            .AddCapability<EraseHandler>()
            .AddCapability<AlertsHandler>()
            .AddCapability<AlertSettingsHandler>()
            .AddCapability<SetAlertSettingsHandler>()
            .AddCapability<SnoozeAlertsHandler>()
            .AddCapability<AcknowledgeAlertHandler>()
            .AddCapability<ImportHandler>()
            .AddCapability<WavesHandler>()
            .AddCapability<ReadWaveHandler>()
            .AddCapability<AnalyzeWaveHandler>()
            .AddCapability<RecordBleHandler>();
    }
}
