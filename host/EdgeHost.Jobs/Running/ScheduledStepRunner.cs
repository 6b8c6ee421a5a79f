using EdgeHost.Runtime.Devices;
using EdgeHost.Runtime.Scheduling;
using EdgeHost.Runtime.Scheduling.Work;
using EdgeHost.Training.Runs;

namespace EdgeHost.Jobs.Running;

/// <summary>
/// Runs training steps as work of the lowest class in the one schedule: as many small ones in a turn as fit into a slice, so that turns cost little and nobody
/// waits for more than a slice; a step that takes longer than that is stopped between two nodes when somebody waits. One run at a time.
/// </summary>
internal sealed class ScheduledStepRunner : ITrainingStepRunner
{
    private static readonly TimeSpan Retry = TimeSpan.FromMilliseconds(100);

    private readonly IStepScheduler _scheduler;
    private readonly PauseGate _gate;
    private readonly TimeProvider _time;
    private readonly TimeSpan _slice;
    private readonly WorkRequest _request;
    private readonly TimeSpan _limit;
    private readonly Action _limitReached;
    private Func<CancellationToken, bool>? _step;
    private long _ticks;

    /// <param name="scheduler">The schedule.</param>
    /// <param name="gate">Holds back.</param>
    /// <param name="request">What the work is; its <see cref="WorkRequest.Work"/> is not used.</param>
    /// <param name="slice">How long a turn is.</param>
    /// <param name="used">Time that the job has used already.</param>
    /// <param name="limit">Time that it may use.</param>
    /// <param name="limitReached">Called when it has.</param>
    /// <param name="time">The clock.</param>
    public ScheduledStepRunner(
        IStepScheduler scheduler, PauseGate gate, WorkRequest request, TimeSpan slice, TimeSpan used, TimeSpan limit, Action limitReached, TimeProvider time)
    {
        (_scheduler, _gate, _slice, _limit, _limitReached, _time, _ticks) = (scheduler, gate, slice, limit, limitReached, time, used.Ticks);
        _request = With(request, RunSlice, isRepeatable: true);
    }

    /// <summary>Time on the processor.</summary>
    public TimeSpan Used => new(Interlocked.Read(ref _ticks));

    /// <summary>Turns that were taken.</summary>
    public long Turns { get; private set; }

    /// <inheritdoc/>
    public async ValueTask RunAsync(Func<CancellationToken, bool> step, CancellationToken cancellationToken)
    {
        _step = step;
        await TurnAsync(_request, cancellationToken).ConfigureAwait(false);
        if (Used >= _limit) _limitReached();
    }

    /// <summary>Runs something that cannot be stopped, such as building a graph.</summary>
    public Task RunThroughAsync(Action action, CancellationToken cancellationToken)
        => TurnAsync(With(_request, _ => action(), isRepeatable: false), cancellationToken);

    private async Task TurnAsync(WorkRequest request, CancellationToken cancellationToken)
    {
        while (true)
        {
            await _gate.WaitAsync(cancellationToken).ConfigureAwait(false);
            try
            {
                var used = await _scheduler.RunWorkAsync(request, cancellationToken).ConfigureAwait(false);
                Interlocked.Add(ref _ticks, used.Ticks);
                Turns++;
                return;
            }
            catch (DeviceFaultException e) when (e.HasStarted)
            {
                // Whatever it was given up in must have ended before anybody looks at the parameters.
                if (e.RunEnded is { } ended) await ended.ConfigureAwait(false);
                throw;
            }
            catch (EdgeHostException e) when (e is DeviceFaultException or { Code: ErrorCode.ResourceExhausted, RetryAfter: not null })
            {
                // The queue is full or the device out of service for now: nothing was done.
                await Task.Delay(e.RetryAfter ?? Retry, _time, cancellationToken).ConfigureAwait(false);
            }
        }
    }

    private void RunSlice(CancellationToken stop)
    {
        var (started, done) = (_time.GetTimestamp(), 0);
        try
        {
            while (_step!(stop))
            {
                done++;
                var elapsed = _time.GetElapsedTime(started);
                if (stop.IsCancellationRequested || elapsed + (elapsed / done) > _slice) return;
            }
        }
        catch (OperationCanceledException) when (done > 0)
        {
            // The steps before it are done; the one that was stopped has changed nothing.
        }
    }

    private static WorkRequest With(WorkRequest request, Action<CancellationToken> work, bool isRepeatable)
        => new() { Device = request.Device, Name = request.Name, App = request.App, Account = request.Account, Priority = request.Priority, Work = work, IsRepeatable = isRepeatable };
}
