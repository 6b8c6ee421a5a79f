using System.Diagnostics.Metrics;
using EdgeHost.Runtime.Conditions;
using EdgeHost.Runtime.Devices;
using EdgeHost.Runtime.Models;
using EdgeHost.Runtime.Scheduling;
using Microsoft.Extensions.Hosting;

namespace EdgeHost.Runtime.Telemetry;

/// <summary>
/// The state of pool, devices, apps and machine as instruments that are read when somebody listens, and cost nothing otherwise. Instruments of one
/// collection share one snapshot. Thread-safe.
/// </summary>
internal sealed class RuntimeGauges : IHostedService
{
    /// <summary>A collection reads all instruments within this; the next one comes later.</summary>
    private static readonly TimeSpan SnapshotAge = TimeSpan.FromMilliseconds(50);

    private static readonly CallPriority[] Priorities = Enum.GetValues<CallPriority>();

    private readonly IModelPool _pool;
    private readonly IStepScheduler _scheduler;
    private readonly IDeviceHealth _health;
    private readonly IMachineConditions _conditions;
    private readonly TimeProvider _time;
    private volatile Look? _last;

    public RuntimeGauges(
        EdgeHostMeter meter, IModelPool pool, IStepScheduler scheduler, IDeviceHealth health, IMachineConditions conditions, TimeProvider time)
    {
        _pool = pool;
        _scheduler = scheduler;
        _health = health;
        _conditions = conditions;
        _time = time;
        AddDevices(meter.Meter);
        AddPool(meter.Meter);
        AddApps(meter.Meter);
        AddConditions(meter.Meter);
    }

    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    private void AddDevices(Meter meter)
    {
        meter.CreateObservableGauge(
            "edgehost.device.queued",
            () => Now().Queues.SelectMany(queue => Priorities.Where(priority => (int)priority < queue.Waiting.Count).Select(priority => new Measurement<int>(
                queue.Waiting[(int)priority], new("device", queue.Device), new("priority", priority.ToString())))),
            "{step}",
            "Steps that wait for a device, by device and priority.");
        meter.CreateObservableGauge("edgehost.device.running", () => Queues(queue => queue.Running), "{step}", "Steps on a device.");
        meter.CreateObservableCounter("edgehost.device.busy_time", () => Queues(queue => queue.BusyTime.TotalSeconds), "s", "Time in which a device's slots were busy.");
        meter.CreateObservableCounter(
            "edgehost.device.steps",
            () => Now().Queues.SelectMany(Outcomes),
            "{step}",
            "Ended steps by device and outcome: completed, failed, rejected, hopeless, expired, cancelled, abandoned.");
        meter.CreateObservableCounter(
            "edgehost.device.preemptions", () => Queues(queue => queue.Preempted), "{run}", "Runs of background steps that were stopped for a more urgent one.");
        meter.CreateObservableCounter("edgehost.device.batches", () => Queues(queue => queue.Batches), "{batch}", "Runs of more than one step.");
        meter.CreateObservableCounter("edgehost.device.batched_steps", () => Queues(queue => queue.BatchedSteps), "{step}", "Steps in runs of more than one.");
        meter.CreateObservableGauge("edgehost.device.oldest_wait", () => Queues(queue => queue.OldestWait.TotalSeconds), "s", "How long the oldest queued step waits.");
        meter.CreateObservableGauge("edgehost.device.oldest_run", () => Queues(queue => queue.OldestRun.TotalSeconds), "s", "How long the oldest running step runs.");
        meter.CreateObservableGauge(
            "edgehost.device.health", () => Health(health => (int)health.State), "{state}", "0 healthy, 1 suspect, 2 failed, 3 probing.");
        meter.CreateObservableCounter("edgehost.device.faults", () => Health(health => health.Faults), "{fault}", "Times that a device failed.");
        meter.CreateObservableCounter("edgehost.device.hangs", () => Health(health => health.Hangs), "{run}", "Runs that did not come back.");
    }

    private void AddPool(Meter meter)
    {
        meter.CreateObservableGauge("edgehost.pool.budget", () => Now().Pool.EffectiveBudgetBytes, "By", "Bytes that all models may take now: less than configured while memory is short.");
        meter.CreateObservableGauge(
            "edgehost.pool.pinned", () => Now().Pool.PinnedBytes, "By", "Bytes of pinned models.");
        meter.CreateObservableGauge("edgehost.pool.leaving", () => Now().Pool.LeavingBytes, "By", "Bytes of unused models whose memory is being freed.");
        meter.CreateObservableGauge("edgehost.pool.leases", () => Now().Pool.Leases, "{lease}", "Leases held.");
        meter.CreateObservableCounter("edgehost.pool.hits", () => Now().Pool.Hits, "{lease}", "Leases that found their model resident.");
        meter.CreateObservableGauge(
            "edgehost.model.bytes",
            () => Now().Pool.Models.Where(model => model.Bytes > 0).Select(model => new Measurement<long>(
                model.Bytes, new("model", $"{model.Id}@{model.Version}"), new("device", model.Device), new("state", model.State.ToString()))),
            "By",
            "Bytes charged for a model, by model, device and state.");
    }

    private void AddApps(Meter meter)
    {
        meter.CreateObservableCounter("edgehost.app.device_time", () => Apps(app => app.DeviceTime.TotalSeconds), "s", "Device time of an app.");
        meter.CreateObservableGauge("edgehost.app.share", () => Apps(app => app.RecentShare), "1", "An app's share of all device time lately.");
        meter.CreateObservableGauge("edgehost.app.waiting", () => Apps(app => app.Waiting), "{step}", "An app's queued steps.");
        meter.CreateObservableCounter("edgehost.app.refused", () => Apps(app => app.Refused), "{step}", "An app's refused steps.");
    }

    private void AddConditions(Meter meter)
    {
        meter.CreateObservableGauge("edgehost.conditions.memory_pressure", () => (int)_conditions.Current.Memory, "{level}", "0 none, 1 some, 2 severe.");
        meter.CreateObservableGauge("edgehost.conditions.thermal", () => (int)_conditions.Current.Thermal, "{level}", "0 nominal, 1 hot, 2 critical.");
        meter.CreateObservableGauge(
            "edgehost.conditions.battery",
            () => _conditions.Current.BatteryPercent is { } percent ? [new Measurement<double>(percent / 100.0)] : Array.Empty<Measurement<double>>(),
            "1",
            "Charge of the battery; nothing without one.");
        meter.CreateObservableGauge(
            "edgehost.conditions.minimum_priority",
            () => (int)_conditions.Current.MinimumPriority,
            "{class}",
            "The lowest class that runs: 0 training (everything), 1 background, 2 normal, 3 interactive.");
    }

    private static IEnumerable<Measurement<long>> Outcomes(DeviceQueueSnapshot queue)
    {
        yield return Of(queue.Completed, "completed");
        yield return Of(queue.Failed, "failed");
        yield return Of(queue.Rejected, "rejected");
        yield return Of(queue.Hopeless, "hopeless");
        yield return Of(queue.Expired, "expired");
        yield return Of(queue.Cancelled, "cancelled");
        yield return Of(queue.Abandoned, "abandoned");

        Measurement<long> Of(long count, string outcome) => new(count, new("device", queue.Device), new("outcome", outcome));
    }

    private IEnumerable<Measurement<T>> Queues<T>(Func<DeviceQueueSnapshot, T> value)
        where T : struct
        => Now().Queues.Select(queue => new Measurement<T>(value(queue), new KeyValuePair<string, object?>("device", queue.Device)));

    private IEnumerable<Measurement<T>> Health<T>(Func<DeviceHealth, T> value)
        where T : struct
        => Now().Queues.Select(queue => _health.Of(queue.Device)).Select(health => new Measurement<T>(value(health), new KeyValuePair<string, object?>("device", health.Device)));

    private IEnumerable<Measurement<T>> Apps<T>(Func<AppShareSnapshot, T> value)
        where T : struct
        => Now().Apps.Select(app => new Measurement<T>(value(app), new KeyValuePair<string, object?>("app", app.App)));

    private Look Now()
    {
        var now = _time.GetTimestamp();
        if (_last is { } last && _time.GetElapsedTime(last.Taken, now) < SnapshotAge) return last;
        return _last = new Look(now, _pool.Snapshot(), _scheduler.Snapshot(), _scheduler.Shares());
    }

    private sealed record Look(long Taken, ModelPoolSnapshot Pool, IReadOnlyList<DeviceQueueSnapshot> Queues, IReadOnlyList<AppShareSnapshot> Apps);
}
