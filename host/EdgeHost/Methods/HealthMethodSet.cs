using EdgeHost.Capabilities.Host;
using EdgeHost.Host.Configuration;
using EdgeHost.Host.Hosting;
using EdgeHost.PluginHost;
using EdgeHost.Runtime.Health;
using EdgeHost.Runtime.Models;
using EdgeHost.Runtime.Scheduling;
using Microsoft.Extensions.Options;
using PoolState = EdgeHost.Runtime.Models.ModelState;

namespace EdgeHost.Host.Methods;

/// <summary><c>host.health</c>. It runs on the thread pool and waits for nothing without a bound, so that it answers while a device hangs.</summary>
internal sealed class HealthMethodSet(
    IModelPool pool,
    IStepScheduler scheduler,
    IPluginRegistry plugins,
    HostClock clock,
    TimeProvider time,
    IOptionsMonitor<HostOperationOptions> options,
    ConfigurationState configuration,
    IHostHealth health)
{
    public IEnumerable<HostMethod> Create()
    {
        yield return HostMethod.Unary<HealthRequest, HealthResponse>(
            Capabilities.Host.HostMethods.Health,
            "Says whether work gets done: ready, degraded or stuck, with a finding for each device and model; 'probe' runs a tiny inference on each.",
            """{"probe":true}""",
            CheckAsync);
    }

    private async ValueTask<HealthResponse> CheckAsync(HealthRequest request, CancellationToken cancellationToken)
    {
        var report = await LookAsync(request.Probe, cancellationToken).ConfigureAwait(false);
        var models = pool.Snapshot();
        var known = plugins.List();
        var failed = known.Where(plugin => plugin.State is PluginHost.PluginState.Broken or PluginHost.PluginState.NotSupported).ToList();
        var status = WireEnums.Of(report.State);
        return new HealthResponse
        {
            Status = status == HealthStatus.Ready && (failed.Count > 0 || configuration.Problem is not null) ? HealthStatus.Degraded : status,
            Problems =
            [
                .. report.Findings.Where(finding => finding.State != HostHealthState.Ready).Select(finding => $"{finding.Subject}: {finding.Text}"),
                .. failed.Select(plugin => $"Plugin {plugin.Id}: {plugin.Reason}"),
                .. ConfigurationProblems(),
            ],
            Findings =
            [
                .. report.Findings.Select(finding => new HealthFindingEntry
                {
                    Subject = finding.Subject,
                    Status = WireEnums.Of(finding.State),
                    Text = finding.Text,
                }),
                .. ConfigurationFindings(),
            ],
            Probed = request.Probe,
            Version = ProductVersion.Text,
            UptimeMs = (long)clock.Uptime.TotalMilliseconds,
            ProcessId = Environment.ProcessId,
            Memory = ProcessMemory.Read(models),
            ResidentModels =
            [
                .. models.Models.Where(model => model.State == PoolState.Resident).OrderByDescending(model => model.LastUsed).Select(model => new ResidentModel
                {
                    Model = $"{model.Id}@{model.Version}",
                    Variant = model.Variant,
                    Device = model.Device,
                    ResidentBytes = model.Bytes,
                    Leases = model.Leases,
                }),
            ],
            Devices =
            [
                .. scheduler.Snapshot().Select(queue => new DeviceEntry
                {
                    Id = queue.Device,
                    Kind = queue.Kind,
                    QueuedSteps = queue.Queued,
                    RunningSteps = queue.Running,
                }),
            ],
            ActiveCalls = known.Sum(plugin => plugin.InFlightCalls),
            Plugins = known.Count - failed.Count,
        };
    }

    private IEnumerable<string> ConfigurationProblems()
    {
        if (configuration.Problem is { } problem) yield return $"The configuration was changed and is not good; the old one stays in force. {problem}";
    }

    private IEnumerable<HealthFindingEntry> ConfigurationFindings()
    {
        if (configuration.Waiting is not { Count: > 0 } waiting) yield break;
        yield return new HealthFindingEntry { Subject = "configuration", Status = HealthStatus.Ready, Text = $"waits for a restart: {string.Join(", ", waiting)}" };
    }

    private async ValueTask<HealthReport> LookAsync(bool probe, CancellationToken cancellationToken)
    {
        var limit = options.CurrentValue.HealthTimeout;

        // Started on the pool: even a check that blocks its thread must not keep the answer back.
        var check = Task.Run(() => health.CheckAsync(probe, cancellationToken).AsTask(), cancellationToken);
        try
        {
            return await check.WaitAsync(limit, time, cancellationToken).ConfigureAwait(false);
        }
        catch (TimeoutException)
        {
            _ = check.ContinueWith(late => late.Exception, CancellationToken.None, TaskContinuationOptions.OnlyOnFaulted, TaskScheduler.Default);
            return new HealthReport(
                HostHealthState.Stuck,
                [new HealthFinding("host", HostHealthState.Stuck, $"the check itself did not end within {limit.TotalSeconds:0.#} s: a device hangs and was not given up yet")]);
        }
    }
}
