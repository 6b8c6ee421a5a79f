namespace EdgeHost.Runtime.Devices;

/// <summary>
/// The rules by which a device is suspected, taken out, tested and brought back. No clock, no threads: the caller passes the time and orders the calls;
/// only <see cref="State"/> may be read beside them. Each member says whether the state changed.
/// </summary>
internal sealed class DeviceStateMachine
{
    private readonly DeviceOptions _options;
    private readonly bool _isProcessor;
    private readonly int _hangLimit;
    private readonly Queue<TimeSpan> _faults = new();
    private volatile DeviceHealthState _state;
    private TimeSpan _lastFault;
    private TimeSpan _pause;
    private TimeSpan? _trialEnds;
    private TimeSpan? _due;
    private int _successes;
    private bool _isSelfTestStuck;
    private bool _isFirstTest;

    /// <summary>Starts healthy.</summary>
    /// <param name="options">The limits.</param>
    /// <param name="isProcessor">Whether everything falls back to it, so that faults alone never take it out.</param>
    /// <param name="concurrency">Runs it does at once: as many hung ones leave a processor no thread to work with.</param>
    public DeviceStateMachine(DeviceOptions options, bool isProcessor, int concurrency)
    {
        _options = options;
        _isProcessor = isProcessor;
        _hangLimit = isProcessor ? Math.Max(1, concurrency) : options.HangLimit;
        _pause = options.ProbePause;
    }

    public DeviceHealthState State => _state;

    /// <summary>Why, in words for a person.</summary>
    public string Reason { get; private set; } = string.Empty;

    public long Faults { get; private set; }

    public long Hangs { get; private set; }

    /// <summary>Runs that hang on it now.</summary>
    public int Hanging { get; private set; }

    /// <summary>When <see cref="Tick"/> has something to do: a test of a failed device, the end of a suspicion. Null for never.</summary>
    public TimeSpan? Due => _due;

    private bool MayBeTested => !_isProcessor && !_isSelfTestStuck && Hanging < _hangLimit;

    /// <summary>A suspicion of the processor stays while a run hangs there.</summary>
    private bool IsShortOfThreads => _isProcessor && Hanging > 0;

    public bool Succeed(TimeSpan now)
    {
        if (_state != DeviceHealthState.Suspect || IsShortOfThreads) return false;
        if (++_successes < _options.ClearingSuccesses || now < _lastFault + _options.ProbePause) return false;
        return Clear($"{_successes} steps in a row ended well");
    }

    public bool Fault(TimeSpan now, string text)
    {
        Faults++;
        _lastFault = now;
        _successes = 0;

        // What was in flight when it was taken out says nothing new.
        if (_state is DeviceHealthState.Failed or DeviceHealthState.Probing) return false;
        while (_faults.TryPeek(out var oldest) && oldest + _options.FaultWindow <= now)
        {
            _faults.Dequeue();
        }

        _faults.Enqueue(now);
        if (_faults.Count > _options.FaultLimit) _faults.Dequeue();
        if (!_isProcessor && now < _trialEnds) return Fail(now, $"it failed again soon after it came back: {text}");
        if (!_isProcessor && _faults.Count >= _options.FaultLimit)
        {
            return Fail(now, _options.FaultLimit == 1 ? text : $"{_faults.Count} faults within {Durations.Text(_options.FaultWindow)}, the last: {text}");
        }

        return Suspect(now, text);
    }

    public bool Hang(TimeSpan now, string text)
    {
        Hangs++;
        Hanging++;
        _lastFault = now;
        _successes = 0;
        if (_state is DeviceHealthState.Failed or DeviceHealthState.Probing)
        {
            if (!MayBeTested) _due = null;
            return false;
        }

        if (!_isProcessor) return Fail(now, text);
        return Hanging >= _hangLimit ? Fail(now, $"{text}; as many runs hang as it does at once ({_hangLimit})") : Suspect(now, text);
    }

    public bool EndHang(TimeSpan now)
    {
        if (Hanging == 0) return false;
        Hanging--;
        if (_state == DeviceHealthState.Suspect)
        {
            if (_isProcessor && Hanging == 0) _due = now + _options.FaultWindow;
            return false;
        }

        if (_state != DeviceHealthState.Failed) return false;
        if (!_isProcessor)
        {
            // It may be well again: look soon, whatever the pause has grown to.
            if (MayBeTested && !(_due <= now + _options.ProbePause)) _due = now + _options.ProbePause;
            return false;
        }

        return Hanging < _hangLimit && Suspect(now, "a run that hung has come back");
    }

    /// <summary>Ends a suspicion that is over. A failed device whose test is due is left to <see cref="StartTest"/>.</summary>
    public bool Tick(TimeSpan now)
        => _state == DeviceHealthState.Suspect && _due <= now && Clear($"no fault for {Durations.Text(_options.FaultWindow)}");

    /// <summary>Goes from failed to probing if its test is due; the caller then runs it and tells <see cref="EndTest"/>.</summary>
    public bool StartTest(TimeSpan now)
    {
        if (_state != DeviceHealthState.Failed || !(_due <= now) || !MayBeTested) return false;
        _due = null;
        _state = DeviceHealthState.Probing;
        return true;
    }

    /// <summary>Goes from healthy to probing for the test before the first use.</summary>
    public bool StartFirstTest()
    {
        if (_isProcessor || _state != DeviceHealthState.Healthy) return false;
        _isFirstTest = true;
        Reason = "it is tested before its first use";
        _state = DeviceHealthState.Probing;
        return true;
    }

    public bool EndTest(TimeSpan now, SelfTestOutcome outcome, string text)
    {
        if (_state != DeviceHealthState.Probing) return false;
        var isFirst = _isFirstTest;
        _isFirstTest = false;
        if (outcome == SelfTestOutcome.Passed && Hanging < _hangLimit)
        {
            if (isFirst) return Clear(string.Empty);
            _faults.Clear();
            _trialEnds = now + _options.FaultWindow;
            return Clear(text);
        }

        if (!isFirst) _pause = Longer();
        if (outcome == SelfTestOutcome.NoAnswer) _isSelfTestStuck = true;
        return TakeOut(now, outcome == SelfTestOutcome.Passed ? $"{text}, but {Hanging} runs hang on it" : text);
    }

    /// <summary>The thread of a test that did not answer has come back: the device may be tested again.</summary>
    public void EndStuckTest(TimeSpan now)
    {
        _isSelfTestStuck = false;
        if (_state == DeviceHealthState.Failed && MayBeTested) _due = now + _options.ProbePause;
    }

    private bool Suspect(TimeSpan now, string reason)
    {
        _lastFault = now;
        _successes = 0;
        _due = IsShortOfThreads ? null : now + _options.FaultWindow;
        var changed = _state != DeviceHealthState.Suspect;
        Reason = reason;
        _state = DeviceHealthState.Suspect;
        return changed;
    }

    private bool Fail(TimeSpan now, string reason)
    {
        // A device that keeps failing soon after it came back is left alone for longer and longer.
        _pause = now < _trialEnds ? Longer() : _options.ProbePause;
        return TakeOut(now, reason);
    }

    private bool TakeOut(TimeSpan now, string reason)
    {
        _due = MayBeTested ? now + _pause : null;
        Reason = reason;
        _state = DeviceHealthState.Failed;
        return true;
    }

    private bool Clear(string reason)
    {
        _successes = 0;
        _due = null;
        Reason = reason;
        _state = DeviceHealthState.Healthy;
        return true;
    }

    private TimeSpan Longer() => _pause * 2 < _options.ProbePauseLimit ? _pause * 2 : _options.ProbePauseLimit;
}
