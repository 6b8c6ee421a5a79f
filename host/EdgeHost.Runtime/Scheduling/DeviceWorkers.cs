using EdgeHost.Runtime.Devices;
using EdgeHost.Runtime.Scheduling.Policies;

namespace EdgeHost.Runtime.Scheduling;

/// <summary>
/// One device's schedule and its workers. A run blocks its thread, so the workers are threads of their own: a busy device never takes more threads
/// from the pool that sockets and plugins use than it runs steps at once. They start with the first step that has to wait. What runs when is decided by
/// <see cref="DeviceSchedule"/>; here are the lock, the threads and the timer around it.
/// </summary>
internal sealed partial class DeviceWorkers
{
    private readonly DeviceDescription _device;
    private readonly StepServices _services;
    private readonly StepSchedulerOptions _options;
    private readonly TimeProvider _time;
    private readonly StepDecisions _decisions;
    private readonly StepRunner _runner;
    private readonly object _gate = new();
    private readonly DeviceSchedule _schedule;
    private readonly int _concurrency;
    private readonly TaskCompletionSource _stopped = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly Stack<CancellationTokenSource> _spareTerminations = new();
    private readonly List<DeviceRun> _abandoned = [];
    private int _liveThreads;
    private int _runningOnCallers;
    private long _sequence;
    private Counts _counts;
    private double _meanRunMilliseconds;
    private bool _isStarted;
    private bool _isStopping;

    public DeviceWorkers(DeviceDescription device, StepServices services)
    {
        _device = device;
        _services = services;
        _options = services.Options;
        _time = services.Time;
        _decisions = new StepDecisions(services.Decisions, services.Time, device.Id);
        _runner = new StepRunner(device, services.Logger);
        _concurrency = Math.Max(1, _options.Concurrency.TryGetValue(device.Id, out var configured) ? configured : device.Concurrency);
        _schedule = new DeviceSchedule(_options, _concurrency, device.IsInterruptible, static () => new DeviceRun())
        {
            MinimumPriority = services.Conditions.Current.MinimumPriority,
            ExtraSlots = device.Kind == DeviceKind.Cpu ? _options.ExtraInteractiveRuns : 0,
        };
        _timer = _time.CreateTimer(static state => ((DeviceWorkers)state!).OnTimer(), this, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
    }

    public Task<StepCompletion> RunAsync(StepRequest request, CancellationToken cancellationToken)
    {
        if (cancellationToken.IsCancellationRequested) return Task.FromCanceled<StepCompletion>(cancellationToken);
        var now = _time.GetUtcNow();
        var bucket = ShapeBucket.Of(request.Step);
        var estimate = _services.Latencies.EstimateWithSpread(request.Model, _device.Id, bucket);
        var batch = StepBatch.KeyOf(request);

        // A run that does not come back would keep its caller's thread, so only devices whose runs can be stopped borrow one.
        var mayRunOnCaller = request.Step.MayRunOnCallingThread && _device.IsInterruptible;
        QueuedStep step;
        DeviceRun? onCaller = null;
        Admission admission = default;
        List<DeviceRun>? stops = null;
        lock (_gate)
        {
            if (_isStopping) throw Stopping();
            if (!IsInService) throw OutOfService();
            step = new QueuedStep
            {
                Owner = this,
                Request = request,
                Timestamp = _time.GetTimestamp(),
                Bucket = bucket,
                Priority = request.Priority,
                App = request.App.Name,
                Model = request.Model,
                Enqueued = now,
                Sequence = _sequence++,
                Deadline = request.Deadline,
                ExpectedRun = estimate?.Expected,
                CautiousRun = estimate?.Cautious,
                BatchKey = batch?.Key,
                Entries = batch?.Entries ?? 1,
                MaxEntries = request.Batching?.MaxSize ?? 1,
                IsRepeatable = request.Step.IsRepeatable,
            };
            if (mayRunOnCaller) onCaller = (DeviceRun?)_schedule.StartAtOnce(step, now);
            if (onCaller is not null)
            {
                Begin(onCaller);
                onCaller.IsOnCaller = true;
                _runningOnCallers++;
            }
            else
            {
                admission = _schedule.Submit(step, now);
                Count(admission.Outcome);
                if (admission.Outcome == AdmissionOutcome.Admitted)
                {
                    WakeWorkers();
                    stops = StopForOthers(now);
                }
            }
        }

        if (admission.Outcome != AdmissionOutcome.Admitted) throw Refuse(step, admission);
        Stop(stops, step);
        if (onCaller is not null) return RunOnCaller(onCaller, step, cancellationToken);
        return cancellationToken.CanBeCanceled ? WithCancellationAsync(step, cancellationToken) : step.Task;
    }

    public TimeSpan PredictWait(CallPriority priority)
    {
        var now = _time.GetUtcNow();
        lock (_gate)
        {
            return _schedule.PredictWait(priority, now);
        }
    }

    /// <summary>Adds the waiting steps of each app.</summary>
    public void CountWaiting(Dictionary<string, int> byApp)
    {
        lock (_gate)
        {
            _schedule.ForEachWaiting(byApp, static (apps, ticket) => apps[ticket.App] = apps.GetValueOrDefault(ticket.App) + 1);
        }
    }

    public DeviceQueueSnapshot Snapshot()
    {
        lock (_gate)
        {
            var now = _time.GetTimestamp();
            var running = 0;
            DeviceRun? oldest = null;
            foreach (var run in _schedule.Running.Concat(_abandoned).Cast<DeviceRun>())
            {
                if (!run.IsAbandoned) running += run.Tickets.Count;
                if (oldest is null || run.StartTimestamp < oldest.StartTimestamp) oldest = run;
            }

            return new DeviceQueueSnapshot
            {
                Device = _device.Id,
                Kind = _device.Kind,
                Waiting = [.. Enum.GetValues<CallPriority>().Select(_schedule.CountOf)],
                Running = running,
                Concurrency = _concurrency,
                Completed = _counts.Completed,
                Failed = _counts.Failed,
                Rejected = _counts.Rejected,
                Hopeless = _counts.Hopeless,
                Expired = _counts.Expired,
                Preempted = _counts.Preempted,
                Cancelled = _counts.Cancelled,
                Batches = _counts.Batches,
                BatchedSteps = _counts.BatchedSteps,
                Abandoned = _counts.Abandoned,
                BusyTime = _counts.Busy,
                MeanRunTime = TimeSpan.FromMilliseconds(_meanRunMilliseconds),
                OldestWait = _schedule.Queue.Oldest is QueuedStep waiting ? _time.GetElapsedTime(waiting.Timestamp, now) : TimeSpan.Zero,
                OldestRun = oldest is null ? TimeSpan.Zero : _time.GetElapsedTime(oldest.StartTimestamp, now),
                OldestRunModel = oldest?.Head.Model,
            };
        }
    }

    /// <summary>Fails what waits, terminates what runs, and ends the workers. The task completes when the last run has ended that was not given up.</summary>
    public async Task StopAsync()
    {
        List<QueuedStep> waiting;
        var stops = new List<DeviceRun>();
        lock (_gate)
        {
            _isStopping = true;
            CompleteStopIfIdle();
            waiting = TakeAllWaiting();
            foreach (var run in _schedule.Running.Cast<DeviceRun>())
            {
                MarkTerminating(run);
                stops.Add(run);
            }

            Monitor.PulseAll(_gate);
        }

        foreach (var step in waiting)
        {
            step.TryFail(Stopping());
        }

        foreach (var run in stops)
        {
            await run.Termination.CancelAsync().ConfigureAwait(false);
        }

        await _stopped.Task.ConfigureAwait(false);
        await _timer.DisposeAsync().ConfigureAwait(false);
    }

    private List<QueuedStep> TakeAllWaiting()
    {
        var waiting = new List<QueuedStep>();
        while (_schedule.RemoveAny() is QueuedStep step)
        {
            step.State = QueuedStepState.Ended;
            waiting.Add(step);
        }

        return waiting;
    }

    private void WakeWorkers()
    {
        if (_isStarted) PulseIfFree();
        else StartThreads();
    }

    private void PulseIfFree()
    {
        if (_schedule.MayStart) Monitor.Pulse(_gate);
    }

    private void CompleteStopIfIdle()
    {
        if (_isStopping && _liveThreads == 0 && _runningOnCallers == 0) _stopped.TrySetResult();
    }

    /// <summary>Counts since the host started.</summary>
    private struct Counts
    {
        public long Completed;
        public long Failed;
        public long Rejected;
        public long Hopeless;
        public long Expired;
        public long Preempted;
        public long Cancelled;
        public long Batches;
        public long BatchedSteps;
        public long Abandoned;
        public TimeSpan Busy;
    }
}
