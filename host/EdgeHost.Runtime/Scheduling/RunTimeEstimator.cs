namespace EdgeHost.Runtime.Scheduling;

/// <summary>
/// One run time learned online: a moving average of the logarithm and of its variance. In the logarithm a run that took ten times as long weighs no more than
/// one that took a tenth; what lies beyond three deviations counts as three, so that a hiccup hardly moves the estimate and a lasting change moves it within
/// some ten runs. Thread-safe.
/// </summary>
internal sealed class RunTimeEstimator
{
    private const double Smoothing = 0.15;
    private const double FirstVariance = 0.09;
    private const double LeastDeviation = 0.25;
    private const double MostDeviation = 1;
    private const double MostLog = 20;

    private readonly Lock _gate = new();
    private double _mean;
    private double _variance = FirstVariance;
    private int _count;
    private long _lastUse;

    /// <summary>A number that grows with every use, for forgetting.</summary>
    public long LastUse
    {
        get => Volatile.Read(ref _lastUse);
        set => Volatile.Write(ref _lastUse, value);
    }

    /// <summary>Mean and variance of the logarithm of milliseconds.</summary>
    public (double Mean, double Variance) State
    {
        get
        {
            lock (_gate)
            {
                return (_mean, _variance);
            }
        }
    }

    /// <summary>An estimator that goes on from an earlier state as if it rested on two observations; null if the state makes no sense.</summary>
    public static RunTimeEstimator? TryRestore(double mean, double variance)
        => double.IsFinite(mean) && Math.Abs(mean) <= MostLog && variance is >= 0 and <= MostDeviation * MostDeviation
            ? new RunTimeEstimator { _mean = mean, _variance = variance, _count = 2 }
            : null;

    public void Observe(TimeSpan runTime)
    {
        var value = Math.Log(Math.Clamp(runTime.TotalMilliseconds, 1e-4, 1e8));
        lock (_gate)
        {
            if (_count++ == 0)
            {
                _mean = value;
                return;
            }

            // The first run of a session fills caches and allocates: the second outweighs it.
            var weight = Math.Max(Smoothing, _count == 2 ? 0.7 : 1.2 / _count);
            var difference = value - _mean;
            if (_count > 5)
            {
                var most = 3 * Math.Max(LeastDeviation, Math.Sqrt(_variance));
                difference = Math.Clamp(difference, -most, most);
            }

            _mean += weight * difference;
            _variance = Math.Min(MostDeviation * MostDeviation, _variance + (Math.Min(weight, 0.3) * ((difference * difference) - _variance)));
        }
    }

    public LatencyEstimate Estimate()
    {
        var (mean, variance) = State;
        var expected = Math.Exp(mean + (variance / 2));
        return new LatencyEstimate(
            TimeSpan.FromMilliseconds(expected), TimeSpan.FromMilliseconds(Math.Max(expected, Math.Exp(mean + Math.Sqrt(variance)))));
    }
}
