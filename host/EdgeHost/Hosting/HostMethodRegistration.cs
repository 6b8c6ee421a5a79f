using EdgeHost.Host.Methods;
using EdgeHost.Runtime.Dispatch;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace EdgeHost.Host.Hosting;

/// <summary>Puts the host's own methods into the catalogue before the socket opens.</summary>
internal sealed class HostMethodRegistration(
    ICapabilityCatalog catalog,
    ModelMethodSet models,
    VersionMethodSet versions,
    PluginMethodSet plugins,
    HealthMethodSet health,
    StatsMethodSet stats,
    ExplainMethodSet explain,
    AppMethodSet apps,
    TrainingMethodSet training,
    FeedbackMethodSet feedback,
    JobMethodSet jobs,
    ILogger<HostMethodTarget> logger)
    : IHostedService
{
    public Task StartAsync(CancellationToken cancellationToken)
    {
        HostMethodTarget.Register(catalog, [.. models.Create(), .. versions.Create(), .. plugins.Create(), .. health.Create(), .. stats.Create(), .. explain.Create(), .. apps.Create(), .. training.Create(), .. feedback.Create(), .. jobs.Create()], logger);
        return Task.CompletedTask;
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
