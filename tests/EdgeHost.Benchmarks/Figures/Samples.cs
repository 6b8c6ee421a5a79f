namespace EdgeHost.Benchmarks.Figures;

/// <summary>Measured durations of one thing.</summary>
internal sealed class Samples
{
    private readonly List<double> _milliseconds = [];
    private bool _sorted;

    public int Count => _milliseconds.Count;

    public double Median => Percentile(0.5);

    public void Add(TimeSpan duration) => Add(duration.TotalMilliseconds);

    public void Add(double milliseconds)
    {
        _milliseconds.Add(milliseconds);
        _sorted = false;
    }

    /// <summary>Adds all of another collection.</summary>
    public void Add(Samples others)
    {
        _milliseconds.AddRange(others._milliseconds);
        _sorted = false;
    }

    /// <summary>Nearest-rank percentile in milliseconds.</summary>
    public double Percentile(double fraction)
    {
        if (_milliseconds.Count == 0) throw new InvalidOperationException("Nothing was measured.");
        if (!_sorted)
        {
            _milliseconds.Sort();
            _sorted = true;
        }

        var rank = (int)Math.Ceiling(fraction * _milliseconds.Count) - 1;
        return _milliseconds[Math.Clamp(rank, 0, _milliseconds.Count - 1)];
    }
}
