using System.Collections.Concurrent;
using EdgeHost.Runtime.Conditions;
using EdgeHost.Runtime.Decisions;
using EdgeHost.Runtime.Devices;
using EdgeHost.Runtime.Telemetry;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace EdgeHost.Runtime.Scheduling;

internal sealed class StepScheduler : IStepScheduler, IAsyncDisposable
{
    /// <summary>A graph that cannot be interrupted must not keep the host from stopping; its thread dies with the process.</summary>
    private static readonly TimeSpan StopLimit = TimeSpan.FromSeconds(10);

    private readonly ConcurrentDictionary<string, DeviceWorkers> _devices = new(StringComparer.Ordinal);
    private readonly StepServices _services;
    private readonly IDisposable _healthSubscription;
    private readonly IDisposable _conditionsSubscription;
    private volatile bool _isStopping;

    public StepScheduler(
        IOptions<EdgeHostRuntimeOptions> options,
        TimeProvider time,
        EdgeHostMeter meter,
        ILatencyModel latencies,
        IDeviceHealth health,
        IMachineConditions conditions,
        IDecisionLog decisions,
        ILogger<StepScheduler> logger)
    {
        var scheduling = options.Value.Scheduling;
        _services = new StepServices(
            scheduling, time, meter, latencies, health, conditions, decisions, new AppShares(time, scheduling.Weights), logger);
        _healthSubscription = health.OnChange(OnHealthChanged);
        _conditionsSubscription = conditions.OnChange(OnConditionsChanged);
    }

    public Task<StepCompletion> RunAsync(StepRequest request, CancellationToken cancellationToken)
    {
        if (_isStopping) throw new EdgeHostException(ErrorCode.Unavailable, "The host is stopping and starts no further model steps.");
        return Of(request.Device).RunAsync(request, cancellationToken);
    }

    public IReadOnlyList<DeviceQueueSnapshot> Snapshot()
        => [.. _devices.Values.Select(workers => workers.Snapshot()).OrderBy(queue => queue.Device, StringComparer.Ordinal)];

    public TimeSpan PredictWait(string device, CallPriority priority)
        => _devices.TryGetValue(device, out var workers) ? workers.PredictWait(priority) : TimeSpan.Zero;

    public IReadOnlyList<AppShareSnapshot> Shares()
    {
        var waiting = new Dictionary<string, int>(StringComparer.Ordinal);
        foreach (var workers in _devices.Values)
        {
            workers.CountWaiting(waiting);
        }

        return _services.Shares.Snapshot(waiting);
    }

    /// <summary>Puts other limits in force for steps that come from now on. They are single words, which the queues read at each use.</summary>
    internal void Apply(StepSchedulerOptions options)
    {
        var current = _services.Options;
        current.Weights.Replace(options.AppWeights);
        current.QueueLimit = options.QueueLimit;
        current.AdmissionMargin = options.AdmissionMargin;
        current.PreemptionBound = options.PreemptionBound;
        current.MaxInterruptions = options.MaxInterruptions;
        current.UninterruptibleBound = options.UninterruptibleBound;
        current.InteractiveHold = options.InteractiveHold;
        current.MaxBatchWindow = options.MaxBatchWindow;
        current.HangFactor = options.HangFactor;
        current.HangFloor = options.HangFloor;
        current.StepTimeLimit = options.StepTimeLimit;
        current.TerminationGrace = options.TerminationGrace;
    }

    public async ValueTask DisposeAsync()
    {
        if (_isStopping) return;
        _isStopping = true;
        _healthSubscription.Dispose();
        _conditionsSubscription.Dispose();
        var stops = _devices.Values.Select(workers => workers.StopAsync()).ToArray();
        try
        {
            await Task.WhenAll(stops).WaitAsync(StopLimit, _services.Time).ConfigureAwait(false);
        }
        catch (TimeoutException)
        {
            _services.Logger.LogWarning("A step did not end within {Limit} of being told to stop; it is left behind.", StopLimit);
        }
    }

    private DeviceWorkers Of(DeviceDescription device)
    {
        if (_devices.TryGetValue(device.Id, out var workers)) return workers;
        workers = _devices.GetOrAdd(device.Id, static (_, state) => new DeviceWorkers(state.device, state._services), (device, _services));

        // Conditions may have changed between its making and its entry, when it did not hear of it yet.
        var conditions = _services.Conditions.Current;
        workers.OnConditionsChanged(conditions.MinimumPriority, conditions.Reason);
        return workers;
    }

    private void OnHealthChanged(DeviceHealth health)
    {
        if (_devices.TryGetValue(health.Device, out var workers)) workers.OnHealthChanged();
    }

    private void OnConditionsChanged(MachineConditions conditions)
    {
        foreach (var workers in _devices.Values)
        {
            workers.OnConditionsChanged(conditions.MinimumPriority, conditions.Reason);
        }
    }
}
