namespace EdgeHost.Deployment.Shadow;

/// <summary>So many a second, with a second's worth at once. Thread-safe.</summary>
internal sealed class RateLimit(double rate, TimeProvider time)
{
    private readonly Lock _gate = new();
    private readonly double _most = rate <= 0 ? 0 : Math.Max(1, rate);
    private double _left = rate <= 0 ? 0 : Math.Max(1, rate);
    private long _last = time.GetTimestamp();

    /// <summary>Whether the next would be let through; takes nothing.</summary>
    public bool IsFree
    {
        get
        {
            lock (_gate)
            {
                Refill();
                return _left >= 1;
            }
        }
    }

    /// <summary>Takes one, if there is one.</summary>
    public bool TryTake()
    {
        lock (_gate)
        {
            Refill();
            if (_left < 1) return false;
            _left--;
            return true;
        }
    }

    private void Refill()
    {
        var now = time.GetTimestamp();
        _left = Math.Min(_most, _left + (time.GetElapsedTime(_last, now).TotalSeconds * rate));
        _last = now;
    }
}
