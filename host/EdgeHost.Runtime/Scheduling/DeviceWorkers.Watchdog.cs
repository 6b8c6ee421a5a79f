using Microsoft.Extensions.Logging;

namespace EdgeHost.Runtime.Scheduling;

/// <content>
/// The timer: runs over their limit, runs that do not come back, and whatever the schedule wants to look at later. It is armed while something runs or
/// waits for a moment, and fires rarely: a moment earlier than the armed one moves it, a later one does not.
/// </content>
internal sealed partial class DeviceWorkers
{
    private readonly ITimer _timer;
    private long _timerAt;

    private static EdgeHostException OverLimit(DeviceRun run, StepRequest request)
        => new(
            ErrorCode.DeadlineExceeded,
            $"A step of '{request.Model}' ran for more than its limit of {StepDecisions.Text(run.Limit)} and was stopped; check the model, "
            + "or raise Scheduling:HangFloor and Scheduling:StepTimeLimit.");

    private void Watch(DeviceRun run)
    {
        var limit = run.ExpectedRun is { } expected ? expected * _options.HangFactor : _options.StepTimeLimit;
        if (limit < _options.HangFloor) limit = _options.HangFloor;
        run.Limit = limit < _options.StepTimeLimit ? limit : _options.StepTimeLimit;
        Arm(run.Limit);
    }

    private void MarkTerminating(DeviceRun run)
    {
        run.IsTerminating = true;
        if (run.TerminatedTimestamp == 0) run.TerminatedTimestamp = _time.GetTimestamp();
    }

    /// <summary>The runs that have to make room now. Called under the lock, what it returns is stopped outside.</summary>
    private List<DeviceRun>? StopForOthers(DateTimeOffset now)
    {
        List<DeviceRun>? stops = null;
        while (_schedule.Preempt(now) is DeviceRun run)
        {
            MarkTerminating(run);
            (stops ??= []).Add(run);
        }

        if (_schedule.Wake is not null) ArmForSchedule(now);
        return stops;
    }

    private void Stop(List<DeviceRun>? stops, QueuedStep? waiting)
    {
        if (stops is null) return;
        foreach (var run in stops)
        {
            run.Termination.Cancel();
            foreach (var ticket in run.Tickets)
            {
                _services.Meter.StepEvent(_device.Id, "preempted");
                _decisions.Preempted(
                    ((QueuedStep)ticket).Request,
                    waiting is null ? "a more urgent step would have waited too long" : $"a step of '{waiting.Model}' for '{waiting.App}' would have waited too long");
            }
        }
    }

    private void ArmForSchedule(DateTimeOffset now)
    {
        if (_schedule.Wake is { } wake) Arm(wake - now);
    }

    private void Arm(TimeSpan due)
    {
        // Whole milliseconds, rounded up: a timer that fires early would only fire again.
        due = TimeSpan.FromMilliseconds(Math.Max(1, Math.Ceiling(due.TotalMilliseconds)));
        var at = _time.GetTimestamp() + (long)(due.TotalSeconds * _time.TimestampFrequency);
        if (_timerAt != 0 && _timerAt <= at) return;
        _timerAt = at;
        _timer.Change(due, Timeout.InfiniteTimeSpan);
    }

    private void OnTimer()
    {
        List<DeviceRun>? stops;
        List<DeviceRun>? overLimit = null;
        List<DeviceRun>? abandoned = null;
        List<QueuedStep>? stranded = null;
        lock (_gate)
        {
            _timerAt = 0;
            var now = _time.GetUtcNow();
            stops = StopForOthers(now);
            for (var i = _schedule.Running.Count - 1; i >= 0; i--)
            {
                var run = (DeviceRun)_schedule.Running[i];
                var left = run.Limit - _time.GetElapsedTime(run.StartTimestamp);
                if (left <= TimeSpan.Zero && !run.IsTerminating)
                {
                    MarkTerminating(run);
                    run.IsOverLimit = true;
                    (overLimit ??= []).Add(run);
                }

                if (run.IsTerminating)
                {
                    var grace = _options.TerminationGrace - _time.GetElapsedTime(run.TerminatedTimestamp);
                    left = left > TimeSpan.Zero ? left + _options.TerminationGrace : grace;
                }

                if (left > TimeSpan.Zero)
                {
                    Arm(left);
                    continue;
                }

                Abandon(run);
                (abandoned ??= []).Add(run);
            }

            ArmForSchedule(now);
            if (abandoned is not null && _schedule.Slots == 0) stranded = TakeAllWaiting();
            if (_schedule.Waiting > 0) Monitor.PulseAll(_gate);
        }

        Stop(stops, null);
        foreach (var run in overLimit ?? [])
        {
            var text = $"A run of '{run.Head.Model}' on {_device.Id} is over its limit of {StepDecisions.Text(run.Limit)} and is told to end.";
            _services.Logger.LogWarning("{Text}", text);
            _services.Meter.StepEvent(_device.Id, "over_limit");
            _decisions.OverLimit(((QueuedStep)run.Head).Request, text);
            run.Termination.Cancel();
        }

        foreach (var run in abandoned ?? [])
        {
            ReportAbandoned(run);
        }

        FailStranded(stranded);
    }
}
