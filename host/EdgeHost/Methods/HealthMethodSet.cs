using System.Diagnostics;
using EdgeHost.Capabilities.Host;
using EdgeHost.PluginHost;
using EdgeHost.Runtime.Models;
using EdgeHost.Runtime.Scheduling;
using PoolState = EdgeHost.Runtime.Models.ModelState;

namespace EdgeHost.Host.Methods;

/// <summary><c>host.health</c>.</summary>
internal sealed class HealthMethodSet(IModelPool pool, IStepScheduler scheduler, IPluginRegistry plugins, TimeProvider time)
{
    private readonly long _started = time.GetTimestamp();

    public IEnumerable<HostMethod> Create()
    {
        yield return HostMethod.Unary<HealthRequest, HealthResponse>(
            Capabilities.Host.HostMethods.Health, "Says how the host is: memory, models in it, queues, plugins that do not work.", "{}", (_, _) => new(Check()));
    }

    private HealthResponse Check()
    {
        var models = pool.Snapshot();
        var known = plugins.List();
        var failed = known.Where(plugin => plugin.State is PluginHost.PluginState.Broken or PluginHost.PluginState.NotSupported).ToList();
        return new HealthResponse
        {
            Status = failed.Count == 0 ? HealthStatus.Ok : HealthStatus.Degraded,
            Problems = [.. failed.Select(plugin => $"Plugin {plugin.Id}: {plugin.Reason}")],
            Version = ProductVersion.Text,
            UptimeMs = (long)time.GetElapsedTime(_started).TotalMilliseconds,
            ProcessId = Environment.ProcessId,
            Memory = new MemoryUse
            {
                ResidentBytes = Process.GetCurrentProcess().WorkingSet64,
                ManagedBytes = GC.GetTotalMemory(forceFullCollection: false),
                PoolBytes = models.UsedBytes,
                PoolBudgetBytes = models.BudgetBytes,
            },
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
}
