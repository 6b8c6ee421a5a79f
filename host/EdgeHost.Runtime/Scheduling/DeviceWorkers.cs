using EdgeHost.PluginSdk;
using EdgeHost.Runtime.Devices;
using EdgeHost.Runtime.Telemetry;
using Microsoft.Extensions.Logging;

namespace EdgeHost.Runtime.Scheduling;

/// <summary>
/// One device's queue and its workers. A run blocks its thread, so the workers are threads of their own: a busy device never takes more threads
/// from the pool that sockets and plugins use than it runs steps at once. They start with the first step that has to wait.
/// </summary>
internal sealed partial class DeviceWorkers
{
    private readonly DeviceDescription _device;
    private readonly StepSchedulerOptions _options;
    private readonly TimeProvider _time;
    private readonly EdgeHostMeter _meter;
    private readonly ILogger _logger;
    private readonly object _gate = new();
    private readonly StepQueue _queue;
    private readonly Thread[] _threads;
    private readonly TaskCompletionSource _stopped = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly HashSet<QueuedStep> _running = [];
    private readonly Stack<CancellationTokenSource> _spareTerminations = new();
    private int _liveThreads;
    private int _runningOnCallers;
    private long _sequence;
    private long _completed;
    private long _rejected;
    private long _expired;
    private double _meanRunMilliseconds;
    private bool _isStarted;
    private bool _isStopping;

    public DeviceWorkers(DeviceDescription device, StepSchedulerOptions options, TimeProvider time, EdgeHostMeter meter, ILogger logger)
    {
        _device = device;
        _options = options;
        _time = time;
        _meter = meter;
        _logger = logger;
        _queue = new StepQueue(options.AgeingLimit, options.AgedTurn);
        var concurrency = options.Concurrency.TryGetValue(device.Id, out var configured) ? configured : device.Concurrency;
        _threads = new Thread[Math.Max(1, concurrency)];
    }

    public Task<StepCompletion> RunAsync(StepRequest request, CancellationToken cancellationToken)
    {
        if (cancellationToken.IsCancellationRequested) return Task.FromCanceled<StepCompletion>(cancellationToken);
        var now = _time.GetUtcNow();
        if (request.Deadline <= now) throw Expired(request);
        QueuedStep step;
        bool onCaller;
        lock (_gate)
        {
            if (_isStopping) throw Stopping();
            onCaller = request.Step.MayRunOnCallingThread && _queue.Count == 0 && _running.Count < _threads.Length;
            if (onCaller)
            {
                step = new QueuedStep(this, request, _sequence++, now, _time.GetTimestamp());
                Begin(step, _spareTerminations.TryPop(out var spare) ? spare : new CancellationTokenSource());
                _runningOnCallers++;
            }
            else
            {
                step = Enqueue(request, now);
            }
        }

        if (onCaller) return RunOnCaller(step, cancellationToken);
        return cancellationToken.CanBeCanceled ? WithCancellationAsync(step, cancellationToken) : step.Task;
    }

    public DeviceQueueSnapshot Snapshot()
    {
        lock (_gate)
        {
            return new DeviceQueueSnapshot
            {
                Device = _device.Id,
                Kind = _device.Kind,
                Waiting = [.. Enum.GetValues<CallPriority>().Select(_queue.CountOf)],
                Running = _running.Count,
                Concurrency = _threads.Length,
                Completed = _completed,
                Rejected = _rejected,
                Expired = _expired,
                MeanRunTime = TimeSpan.FromMilliseconds(_meanRunMilliseconds),
                OldestWait = _queue.Oldest is { } oldest ? _time.GetElapsedTime(oldest.Timestamp) : TimeSpan.Zero,
            };
        }
    }

    /// <summary>Fails what waits, terminates what runs, and ends the workers. The task completes when the last run has ended.</summary>
    public async Task StopAsync()
    {
        var waiting = new List<QueuedStep>();
        var running = new List<CancellationTokenSource>();
        lock (_gate)
        {
            _isStopping = true;
            CompleteStopIfIdle();
            while (_queue.Oldest is { } step)
            {
                _queue.Remove(step);
                step.State = QueuedStepState.Ended;
                waiting.Add(step);
            }

            foreach (var step in _running)
            {
                step.IsTerminating = true;
                running.Add(step.Termination!);
            }

            Monitor.PulseAll(_gate);
        }

        foreach (var step in waiting)
        {
            step.TrySetException(Stopping());
        }

        foreach (var termination in running)
        {
            await termination.CancelAsync().ConfigureAwait(false);
        }

        await _stopped.Task.ConfigureAwait(false);
    }

    private static EdgeHostException Stopping()
        => new(ErrorCode.Unavailable, "The host is stopping and starts no further model steps; try again when it is back.");

    private static EdgeHostException Expired(StepRequest request)
        => new(ErrorCode.DeadlineExceeded, $"The deadline passed before a step of '{request.Model}' could run.");

    private QueuedStep Enqueue(StepRequest request, DateTimeOffset now)
    {
        if (_queue.Count >= _options.QueueLimit)
        {
            _rejected++;
            throw Full();
        }

        var step = new QueuedStep(this, request, _sequence++, now, _time.GetTimestamp());
        _queue.Enqueue(step);
        if (_isStarted) Monitor.Pulse(_gate);
        else Start();
        return step;
    }

    private void Begin(QueuedStep step, CancellationTokenSource termination)
    {
        step.State = QueuedStepState.Running;
        step.Termination = termination;
        _running.Add(step);
    }

    private void CompleteStopIfIdle()
    {
        if (_isStopping && _liveThreads == 0 && _runningOnCallers == 0) _stopped.TrySetResult();
    }

    private EdgeHostException Full()
    {
        var drain = _queue.Count * Math.Max(1, _meanRunMilliseconds) / _threads.Length;
        return new EdgeHostException(
            ErrorCode.ResourceExhausted,
            $"The queue of device '{_device.Id}' is full ({_options.QueueLimit} steps); try again later or raise the limit.")
        {
            RetryAfter = TimeSpan.FromMilliseconds(Math.Min(drain, 60_000)),
        };
    }

    private void Start()
    {
        _isStarted = true;
        _liveThreads = _threads.Length;
        for (var i = 0; i < _threads.Length; i++)
        {
            _threads[i] = new Thread(Work) { IsBackground = true, Name = $"edgehost {_device.Id} #{i}" };
            _threads[i].Start();
        }
    }

    private void Work()
    {
        var termination = new CancellationTokenSource();
        while (Take(termination) is { } step)
        {
            Run(step, termination.Token);
            if (step.IsTerminating || !termination.TryReset()) termination = new CancellationTokenSource();
        }

        lock (_gate)
        {
            _liveThreads--;
            CompleteStopIfIdle();
        }
    }

    private QueuedStep? Take(CancellationTokenSource termination)
    {
        while (true)
        {
            QueuedStep? expired;
            lock (_gate)
            {
                while (!_isStopping && (_queue.Count == 0 || _running.Count >= _threads.Length))
                {
                    Monitor.Wait(_gate);
                }

                if (_isStopping) return null;
                var now = _time.GetUtcNow();
                var step = _queue.Dequeue(now)!;
                if (!(step.Request.Deadline <= now))
                {
                    Begin(step, termination);
                    return step;
                }

                step.State = QueuedStepState.Ended;
                _expired++;
                expired = step;
            }

            expired.TrySetException(Expired(expired.Request));
        }
    }

    private void Run(QueuedStep step, CancellationToken termination)
    {
        var request = step.Request;
        var started = _time.GetTimestamp();
        var queueTime = _time.GetElapsedTime(step.Timestamp, started);
        IReadOnlyList<ModelValue>? outputs = null;
        Exception? failure = null;
        try
        {
            outputs = request.Session.Run(request.Step, termination);
        }
        catch (OperationCanceledException e) when (termination.IsCancellationRequested)
        {
            failure = e;
        }
        catch (EdgeHostException e)
        {
            failure = e;
        }
#pragma warning disable CA1031 // The boundary to the engine: a fault there must end this step, not the worker. Logged and mapped here.
        catch (Exception e)
#pragma warning restore CA1031
        {
            _logger.LogError(e, "A step of {Model} on {Device} failed in the engine.", request.Model, _device.Id);
            failure = new EdgeHostException(ErrorCode.Internal, $"A step of '{request.Model}' failed inside the engine on '{_device.Id}'.", e);
        }

        var runTime = _time.GetElapsedTime(started);
        var isStopping = End(step, runTime);
        _meter.StepEnded(_device.Id, request.Priority, queueTime, runTime);
        if (outputs is not null) step.TrySetResult(new StepCompletion(outputs, queueTime, runTime, Batch: 1));
        else if (failure is not OperationCanceledException) step.TrySetException(failure!);
        else if (isStopping) step.TrySetException(Stopping());
        else step.TrySetCanceled(termination);
    }

    private bool End(QueuedStep step, TimeSpan runTime)
    {
        lock (_gate)
        {
            step.State = QueuedStepState.Ended;
            _running.Remove(step);
            if (_queue.Count > 0) Monitor.Pulse(_gate);
            _completed++;
            var milliseconds = runTime.TotalMilliseconds;
            _meanRunMilliseconds = _completed == 1 ? milliseconds : (0.9 * _meanRunMilliseconds) + (0.1 * milliseconds);
            return _isStopping;
        }
    }
}
