using EdgeHost.Security.Policy;
using EdgeHost.Security.Usage;

namespace EdgeHost.Security.Access;

/// <summary>The use of one app over all its connections. Thread-safe; an app without limits takes no lock.</summary>
internal sealed class AppAccount(string app, long userId, TimeProvider time)
{
    private const double ShortestRetrySeconds = 0.001;

    private readonly Lock _gate = new();
    private long _calls;
    private long _failed;
    private long _denied;
    private long _deviceTicks;
    private int _inFlight;
    private long _lastUse = time.GetTimestamp();
    private double _tokens = double.NaN;
    private long _tokensAt;
    private long _windowBegan;
    private long _windowTicks;
    private DateTimeOffset? _windowBeganAt;
    private bool _hasWindow;

    public string App => app;

    public long UserId => userId;

    /// <summary>When it was used last, by the clock's timestamp.</summary>
    public long LastUse => Volatile.Read(ref _lastUse);

    public int InFlight => Volatile.Read(ref _inFlight);

    public AppUsage Usage => new(
        app, userId, Interlocked.Read(ref _calls), Interlocked.Read(ref _failed), Interlocked.Read(ref _denied), new TimeSpan(Interlocked.Read(ref _deviceTicks)), InFlight);

    /// <summary>Counts a call that was not let in.</summary>
    public void Deny() => Interlocked.Increment(ref _denied);

    /// <summary>Lets a call in.</summary>
    /// <exception cref="EdgeHostException"><see cref="ErrorCode.ResourceExhausted"/>: a limit is reached; says which and when to try again.</exception>
    public void Enter(AppRule rule)
    {
        Volatile.Write(ref _lastUse, time.GetTimestamp());
        if (!rule.HasNoLimits) Check(rule);
        else Interlocked.Increment(ref _inFlight);
        Interlocked.Increment(ref _calls);
    }

    /// <summary>Counts the end of a call.</summary>
    public void Leave(bool hasFailed)
    {
        Interlocked.Decrement(ref _inFlight);
        if (hasFailed) Interlocked.Increment(ref _failed);
    }

    /// <summary>Counts device time.</summary>
    public void Charge(TimeSpan deviceTime)
    {
        if (deviceTime <= TimeSpan.Zero) return;
        Interlocked.Add(ref _deviceTicks, deviceTime.Ticks);
        Interlocked.Add(ref _windowTicks, deviceTime.Ticks);
    }

    /// <summary>What is kept over a restart.</summary>
    public SavedUsage Save()
    {
        lock (_gate)
        {
            return new SavedUsage(
                app,
                userId,
                Interlocked.Read(ref _calls),
                Interlocked.Read(ref _failed),
                Interlocked.Read(ref _denied),
                Interlocked.Read(ref _deviceTicks) / TimeSpan.TicksPerMicrosecond,
                _windowBeganAt,
                Interlocked.Read(ref _windowTicks) / TimeSpan.TicksPerMicrosecond);
        }
    }

    /// <summary>Takes over what an earlier host has counted. Before the first call.</summary>
    public void Restore(SavedUsage saved)
    {
        lock (_gate)
        {
            (_calls, _failed, _denied, _deviceTicks) = (saved.Calls, saved.Failed, saved.Denied, saved.DeviceTimeUs * TimeSpan.TicksPerMicrosecond);
            if (saved.WindowBegan is not { } began) return;

            // A clock that was set back must not stretch the window.
            var now = time.GetUtcNow();
            _windowBeganAt = began < now ? began : now;
            _windowBegan = time.GetTimestamp() - (long)((now - _windowBeganAt.Value).TotalSeconds * time.TimestampFrequency);
            _windowTicks = saved.WindowTimeUs * TimeSpan.TicksPerMicrosecond;
            _hasWindow = true;
        }
    }

    /// <summary>What is left.</summary>
    public QuotaStatus Status(AppRule rule)
    {
        lock (_gate)
        {
            var now = time.GetTimestamp();
            Refill(rule, now);
            Turn(rule, now);
            return new QuotaStatus(
                rule.MaxPriority,
                rule.CallsPerSecond is null ? null : (int)_tokens,
                rule.ConcurrentCalls is { } most ? Math.Max(0, most - InFlight) : null,
                rule.DeviceTime is { } given ? new TimeSpan(Math.Max(0, given.Ticks - Interlocked.Read(ref _windowTicks))) : null,
                rule.DeviceTime is null ? null : rule.Window - time.GetElapsedTime(_windowBegan, now));
        }
    }

    private void Check(AppRule rule)
    {
        lock (_gate)
        {
            var now = time.GetTimestamp();
            if (rule.ConcurrentCalls is { } most && InFlight >= most)
            {
                throw Exhausted($"{most} calls are in flight, the most it may have; wait for answers.", TimeSpan.FromMilliseconds(100));
            }

            Turn(rule, now);
            if (rule.DeviceTime is { } given && Interlocked.Read(ref _windowTicks) >= given.Ticks)
            {
                var resets = rule.Window - time.GetElapsedTime(_windowBegan, now);
                throw Exhausted($"the {given.TotalSeconds:0.###} s of device time it may use in {rule.Window} are used up.", resets);
            }

            Refill(rule, now);
            if (rule.CallsPerSecond is { } rate)
            {
                if (_tokens < 1) throw Exhausted($"it begins more than {rate:0.###} calls a second.", TimeSpan.FromSeconds(Math.Max(ShortestRetrySeconds, (1 - _tokens) / rate)));
                _tokens--;
            }

            Interlocked.Increment(ref _inFlight);
        }
    }

    // The token bucket: as many calls as the burst at once, the rate in the long run.
    private void Refill(AppRule rule, long now)
    {
        if (rule.CallsPerSecond is not { } rate)
        {
            _tokens = double.NaN;
            return;
        }

        var passed = double.IsNaN(_tokens) ? 0 : time.GetElapsedTime(_tokensAt, now).TotalSeconds;
        _tokens = double.IsNaN(_tokens) ? rule.Burst : Math.Min(rule.Burst, _tokens + (passed * rate));
        _tokensAt = now;
    }

    // Windows follow one another from the first use; one that passed unused is skipped.
    private void Turn(AppRule rule, long now)
    {
        if (rule.DeviceTime is null) return;
        var passed = _hasWindow ? time.GetElapsedTime(_windowBegan, now) : TimeSpan.MaxValue;
        if (passed < rule.Window) return;
        var whole = _hasWindow ? rule.Window * Math.Floor(passed / rule.Window) : TimeSpan.Zero;
        _windowBegan = _hasWindow ? _windowBegan + (long)(whole.TotalSeconds * time.TimestampFrequency) : now;
        _windowBeganAt = time.GetUtcNow() - time.GetElapsedTime(_windowBegan, now);
        _hasWindow = true;
        Interlocked.Exchange(ref _windowTicks, 0);
    }

    private EdgeHostException Exhausted(string problem, TimeSpan retryAfter)
        => new(ErrorCode.ResourceExhausted, $"The app '{app}' must wait: {problem}")
        {
            RetryAfter = retryAfter,
            Details = new Dictionary<string, string>(StringComparer.Ordinal) { ["limit"] = "app" },
        };
}
