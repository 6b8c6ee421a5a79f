using EdgeHost.Capabilities.Host;
using EdgeHost.PluginHost;
using EdgeHost.Runtime.Conditions;
using EdgeHost.Runtime.Devices;
using EdgeHost.Runtime.Models;
using EdgeHost.Runtime.Scheduling;

namespace EdgeHost.Host.Methods;

/// <summary><c>host.stats</c>: everything that is counted, at one moment.</summary>
internal sealed class StatsMethodSet(
    IModelPool pool,
    IStepScheduler scheduler,
    IDeviceDirectory directory,
    IDeviceHealth health,
    IMachineConditions conditions,
    IPluginRegistry plugins,
    HostClock clock,
    TimeProvider time)
{
    public IEnumerable<HostMethod> Create()
    {
        yield return HostMethod.Unary<StatsRequest, StatsResponse>(
            Capabilities.Host.HostMethods.Stats,
            "One snapshot of devices, queues, models, memory, apps and plugins; cheap.",
            "{}",
            (_, _) => new(Read()));
    }

    private StatsResponse Read()
    {
        var models = pool.Snapshot();
        var queues = scheduler.Snapshot();
        var uptime = clock.Uptime;
        var known = plugins.List();
        var now = time.GetUtcNow();
        return new StatsResponse
        {
            Version = ProductVersion.Text,
            ProcessId = Environment.ProcessId,
            UptimeMs = (long)uptime.TotalMilliseconds,
            ActiveCalls = known.Sum(plugin => plugin.InFlightCalls),
            Memory = ProcessMemory.Read(models),
            Pool = Describe(models),
            Devices = [.. DeviceTable.Join(EngineDevices(models, queues), queues).Select(row => Describe(row, uptime, now))],
            Models =
            [
                .. models.Models
                    .OrderByDescending(model => model.Leases > 0).ThenByDescending(model => model.LastUsed)
                    .Select(model => Describe(model, now)),
            ],
            Apps = [.. scheduler.Shares().OrderByDescending(app => app.RecentShare).ThenByDescending(app => app.DeviceTime).Select(Describe)],
            Conditions = Describe(conditions.Current),
            Plugins = [.. known.OrderBy(plugin => plugin.Id, StringComparer.Ordinal).Select(Describe)],
        };
    }

    /// <summary>The engine's devices once it is loaded; asking it earlier would load its native library into a host that has not needed it yet.</summary>
    private IReadOnlyList<DeviceDescription> EngineDevices(ModelPoolSnapshot models, IReadOnlyList<DeviceQueueSnapshot> queues)
    {
        if (models.Models.Count == 0 && models.Loads == 0 && queues.Count == 0) return [];
        try
        {
            return directory.Devices;
        }
        catch (EdgeHostException)
        {
            // The engine does not start; its models' states say so.
            return [];
        }
    }

    private DeviceStats Describe(DeviceTable row, TimeSpan uptime, DateTimeOffset now)
    {
        var queue = row.Queue;
        var state = health.Of(row.Id);
        var slots = queue.Concurrency * uptime.TotalSeconds;
        return new DeviceStats
        {
            Id = row.Id,
            Kind = queue.Kind,
            Name = row.Description?.Name,
            Provider = row.Description?.Provider,
            MemoryBytes = row.Description?.MemoryBytes,
            IsVirtual = row.Description?.IsVirtual ?? false,
            Health = WireEnums.Of(state.State),
            HealthReason = NullIfEmpty(state.Reason),
            ProbeInMs = state.NextProbe is { } probe ? Math.Max(0, (long)(probe - now).TotalMilliseconds) : null,
            Faults = state.Faults,
            Hangs = state.Hangs,
            QueuedInteractive = Waiting(queue, CallPriority.Interactive),
            QueuedNormal = Waiting(queue, CallPriority.Normal),
            QueuedBackground = Waiting(queue, CallPriority.Background),
            QueuedTraining = Waiting(queue, CallPriority.Training),
            Running = queue.Running,
            Concurrency = queue.Concurrency,
            Completed = queue.Completed,
            Failed = queue.Failed,
            Rejected = queue.Rejected,
            Hopeless = queue.Hopeless,
            Expired = queue.Expired,
            Preempted = queue.Preempted,
            Cancelled = queue.Cancelled,
            Abandoned = queue.Abandoned,
            Batches = queue.Batches,
            BatchedSteps = queue.BatchedSteps,
            BusyUs = (long)queue.BusyTime.TotalMicroseconds,
            Utilization = slots > 0 ? Math.Clamp(queue.BusyTime.TotalSeconds / slots, 0, 1) : 0,
            MeanRunUs = (long)queue.MeanRunTime.TotalMicroseconds,
            OldestWaitMs = (long)queue.OldestWait.TotalMilliseconds,
            OldestRunMs = (long)queue.OldestRun.TotalMilliseconds,
            OldestRunModel = queue.OldestRunModel,
        };
    }

    private static ModelStats Describe(ModelSnapshot model, DateTimeOffset now) => new()
    {
        Model = $"{model.Id}@{model.Version}",
        Variant = model.Variant,
        Device = model.Device,
        State = WireEnums.Of(model.State),
        Reason = NullIfEmpty(model.Reason),
        Bytes = model.Bytes,
        PrivateBytes = model.Memory.PrivateBytes,
        MappedBytes = model.Memory.MappedBytes,
        WorkingBytes = model.Memory.WorkingBytes,
        Origin = NullIfEmpty(model.Origin),
        Leases = model.Leases,
        PinnedBy = model.PinnedBy,
        Rank = model.Rank,
        IdleMs = model.LastUsed is { } used ? Math.Max(0, (long)(now - used).TotalMilliseconds) : null,
        Hits = model.Hits,
        Loads = model.Loads,
        Evictions = model.Evictions,
        LoadMs = (long)model.LoadTime.TotalMilliseconds,
    };

    private static PoolStats Describe(ModelPoolSnapshot models) => new()
    {
        BudgetBytes = models.EffectiveBudgetBytes,
        ConfiguredBudgetBytes = models.BudgetBytes,
        UsedBytes = models.UsedBytes,
        PinnedBytes = models.PinnedBytes,
        LargeValueBytes = models.LargeValueBytes,
        LeavingBytes = models.LeavingBytes,
        Leases = models.Leases,
        Hits = models.Hits,
        Loads = models.Loads,
        Evictions = models.Evictions,
        HitRate = models.Hits + models.Loads > 0 ? (double)models.Hits / (models.Hits + models.Loads) : 0,
    };

    private static AppStats Describe(AppShareSnapshot app) => new()
    {
        App = app.App,
        Weight = app.Weight,
        RecentShare = Math.Clamp(app.RecentShare, 0, 1),
        DeviceTimeUs = (long)app.DeviceTime.TotalMicroseconds,
        Steps = app.Steps,
        Waiting = app.Waiting,
        Refused = app.Refused,
    };

    private static ConditionStats Describe(MachineConditions now) => new()
    {
        OnBattery = now.IsOnBattery,
        BatteryPercent = now.BatteryPercent is { } percent ? Math.Clamp(percent, 0, 100) : null,
        Thermal = WireEnums.Of(now.Thermal),
        Memory = WireEnums.Of(now.Memory),
        MinimumPriority = now.MinimumPriority,
        Reason = NullIfEmpty(now.Reason),
    };

    private static PluginStats Describe(PluginInfo plugin) => new()
    {
        Id = plugin.Id,
        State = Enum.Parse<Capabilities.Plugins.PluginState>(plugin.State.ToString()),
        ActiveCalls = plugin.InFlightCalls,
        Calls = plugin.Calls,
        FailedCalls = plugin.FailedCalls,
        LeakedLeases = plugin.LeakedLeases,
        CallTimeUs = (long)plugin.CallTime.TotalMicroseconds,
    };

    private static int Waiting(DeviceQueueSnapshot queue, CallPriority priority)
        => (int)priority < queue.Waiting.Count ? queue.Waiting[(int)priority] : 0;

    private static string? NullIfEmpty(string text) => text.Length == 0 ? null : text;
}
