using EdgeHost.Runtime.Changes;
using EdgeHost.Runtime.Decisions;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace EdgeHost.Runtime.Conditions;

/// <summary>
/// Looks at the sensors every <see cref="ConditionOptions.Interval"/> while the host works (somebody read <see cref="Current"/> since the last look) or
/// something is short, and every <see cref="ConditionOptions.IdleInterval"/> otherwise, so that an idle host hardly wakes. The first read or subscription
/// starts it.
/// </summary>
internal sealed class MachineConditionsMonitor : IMachineConditions, IDisposable
{
    /// <summary>The subject of its decisions.</summary>
    internal const string Subject = "machine";

    private static readonly TimeSpan FirstLook = TimeSpan.FromMilliseconds(1);

    private readonly IMachineSensors _sensors;
    private readonly ConditionOptions _options;
    private readonly ConditionRules _rules;
    private readonly TimeProvider _time;
    private readonly IDecisionLog _decisions;
    private readonly ILogger<MachineConditionsMonitor> _logger;
    private readonly ChangeFeed<MachineConditions> _feed;
    private readonly ITimer _timer;
    private readonly long _started;
    private volatile MachineConditions _current = MachineConditions.Good;
    private volatile bool _isDisposed;
    private volatile bool _isIdle = true;
    private int _isRead;
    private int _hasBegun;
    private int _isLooking;

    public MachineConditionsMonitor(
        IMachineSensors sensors,
        IOptions<EdgeHostRuntimeOptions> options,
        TimeProvider time,
        IDecisionLog decisions,
        ILogger<MachineConditionsMonitor> logger)
    {
        _sensors = sensors;
        _options = options.Value.Conditions;
        _rules = new ConditionRules(_options);
        _time = time;
        _decisions = decisions;
        _logger = logger;
        _feed = new ChangeFeed<MachineConditions>(logger);
        _started = time.GetTimestamp();
        _timer = time.CreateTimer(static self => ((MachineConditionsMonitor)self!).OnTimer(), this, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
    }

    /// <summary>Puts other limits in force from the next look on. They are single words, which a look reads as it goes.</summary>
    internal void Apply(ConditionOptions options)
    {
        _options.Interval = options.Interval;
        _options.IdleInterval = options.IdleInterval;
        _options.TrainingRestsOnBattery = options.TrainingRestsOnBattery;
        _options.BatteryLowPercent = options.BatteryLowPercent;
        _options.BatteryResumePercent = options.BatteryResumePercent;
        _options.ThermalMargin = options.ThermalMargin;
        _options.ThermalHysteresis = options.ThermalHysteresis;
        _options.MemorySomePercent = options.MemorySomePercent;
        _options.MemoryFullPercent = options.MemoryFullPercent;
        _options.GroupSomePercent = options.GroupSomePercent;
        _options.GroupSeverePercent = options.GroupSeverePercent;
        _options.GroupEventTime = options.GroupEventTime;
    }

    public MachineConditions Current
    {
        get
        {
            if (Volatile.Read(ref _isRead) == 0) NoteRead();
            return _current;
        }
    }

    public IDisposable OnChange(Action<MachineConditions> handler)
    {
        var subscription = _feed.Subscribe(handler);
        Begin();
        return subscription;
    }

    public void Dispose()
    {
        _isDisposed = true;
        _timer.Dispose();
    }

    /// <summary>The first read since the last look: the host works, so the next look is not as far away as an idle host's.</summary>
    private void NoteRead()
    {
        if (Interlocked.Exchange(ref _isRead, 1) != 0) return;
        if (!Begin() && _isIdle) Arm(_options.Interval);
        _isIdle = false;
    }

    private bool Begin()
    {
        if (Interlocked.Exchange(ref _hasBegun, 1) != 0) return false;
        Arm(FirstLook);
        return true;
    }

    private void Arm(TimeSpan wait)
    {
        if (!_isDisposed) _timer.Change(wait, Timeout.InfiniteTimeSpan);
    }

    /// <summary>On the timer's thread, never twice at once: a sensor that answers slowly must not be asked by two.</summary>
    private void OnTimer()
    {
        if (Interlocked.Exchange(ref _isLooking, 1) != 0) return;
        Look();
        Volatile.Write(ref _isLooking, 0);
        Arm(_isIdle ? _options.IdleInterval : _options.Interval);
    }

    private void Look()
    {
        var last = _current;
        var next = _rules.Apply(_sensors.Read(), _time.GetElapsedTime(_started));
        _current = next;
        if (next != last || next.Memory != MemoryPressureLevel.None) _feed.Publish(next);
        if (next.MinimumPriority != last.MinimumPriority || next.Memory != last.Memory || next.Thermal != last.Thermal) Tell(next);
        _feed.Tell();
        var isBusy = Interlocked.Exchange(ref _isRead, 0) != 0;
        var isCalm = next.Memory == MemoryPressureLevel.None && next.MinimumPriority == CallPriority.Training;
        _isIdle = isCalm && !isBusy;
    }

    private void Tell(MachineConditions conditions)
    {
        var text = conditions.Reason.Length == 0 ? "all classes of work go on, memory is enough" : conditions.Reason;
        _decisions.Add(DecisionKind.Conditions, Subject, null, text);
        if (conditions.Reason.Length == 0) _logger.LogInformation("Machine: {Reason}.", text);
        else _logger.LogWarning("Machine: {Reason}.", text);
    }
}
