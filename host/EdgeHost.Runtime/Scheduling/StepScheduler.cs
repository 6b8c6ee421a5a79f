using System.Collections.Concurrent;
using EdgeHost.Runtime.Telemetry;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace EdgeHost.Runtime.Scheduling;

internal sealed class StepScheduler : IStepScheduler, IAsyncDisposable
{
    /// <summary>A graph that cannot be interrupted must not keep the host from stopping; its thread dies with the process.</summary>
    private static readonly TimeSpan StopLimit = TimeSpan.FromSeconds(10);

    private readonly ConcurrentDictionary<string, DeviceWorkers> _devices = new(StringComparer.Ordinal);
    private readonly StepSchedulerOptions _options;
    private readonly TimeProvider _time;
    private readonly EdgeHostMeter _meter;
    private readonly ILogger<StepScheduler> _logger;
    private volatile bool _isStopping;

    public StepScheduler(IOptions<EdgeHostRuntimeOptions> options, TimeProvider time, EdgeHostMeter meter, ILogger<StepScheduler> logger)
    {
        _options = options.Value.Scheduling;
        _time = time;
        _meter = meter;
        _logger = logger;
    }

    public Task<StepCompletion> RunAsync(StepRequest request, CancellationToken cancellationToken)
    {
        if (_isStopping) throw new EdgeHostException(ErrorCode.Unavailable, "The host is stopping and starts no further model steps.");
        if (!_devices.TryGetValue(request.Device.Id, out var workers))
        {
            workers = _devices.GetOrAdd(
                request.Device.Id,
                static (_, state) => new DeviceWorkers(state.Device, state.Self._options, state.Self._time, state.Self._meter, state.Self._logger),
                (Self: this, request.Device));
        }

        return workers.RunAsync(request, cancellationToken);
    }

    public IReadOnlyList<DeviceQueueSnapshot> Snapshot()
        => [.. _devices.Values.Select(workers => workers.Snapshot()).OrderBy(queue => queue.Device, StringComparer.Ordinal)];

    public TimeSpan PredictWait(string device, CallPriority priority) => TimeSpan.Zero;

    public IReadOnlyList<AppShareSnapshot> Shares() => [];

    public async ValueTask DisposeAsync()
    {
        _isStopping = true;
        var stops = _devices.Values.Select(workers => workers.StopAsync()).ToArray();
        try
        {
            await Task.WhenAll(stops).WaitAsync(StopLimit, _time).ConfigureAwait(false);
        }
        catch (TimeoutException)
        {
            _logger.LogWarning("A step did not end within {Limit} of being told to stop; it is left behind.", StopLimit);
        }
    }
}
