namespace EdgeHost.Benchmarks.Simulation;

/// <summary>Durations in bins that are two percent wide, from a microsecond to a day; merges without loss. Not thread-safe.</summary>
internal sealed class LatencyHistogram
{
    private const double Width = 1.02;
    private const int Bins = 1_300;

    private readonly long[] _counts = new long[Bins];
    private double _sumMilliseconds;

    public long Count { get; private set; }

    public double MeanMilliseconds => Count == 0 ? 0 : _sumMilliseconds / Count;

    public void Add(TimeSpan duration)
    {
        var microseconds = Math.Max(1, duration.TotalMicroseconds);
        _counts[Math.Min(Bins - 1, (int)(Math.Log(microseconds) / Math.Log(Width)))]++;
        _sumMilliseconds += duration.TotalMilliseconds;
        Count++;
    }

    public void Merge(LatencyHistogram other)
    {
        for (var i = 0; i < Bins; i++) _counts[i] += other._counts[i];
        _sumMilliseconds += other._sumMilliseconds;
        Count += other.Count;
    }

    /// <summary>The percentile in milliseconds, to one percent; zero where nothing was added.</summary>
    public double Percentile(double fraction)
    {
        var rank = (long)Math.Ceiling(fraction * Count);
        var seen = 0L;
        for (var i = 0; i < Bins; i++)
        {
            seen += _counts[i];
            if (seen >= rank && _counts[i] > 0) return Math.Pow(Width, i + 0.5) / 1000;
        }

        return 0;
    }
}
