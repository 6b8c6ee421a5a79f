using EdgeHost.Plugins.Health.BloodPressure;
using EdgeHost.Plugins.Health.Findings;
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
            .AddSingleton<PressureCheck>();
        plugin.AddCapability<AnalyzeEcgHandler>()
            .AddCapability<AnalyzeEcgStreamHandler>()
            .AddCapability<AnalyzePpgHandler>()
            .AddCapability<AnalyzePpgStreamHandler>()
            .AddCapability<ClassifyBloodPressureHandler>();
    }
}
