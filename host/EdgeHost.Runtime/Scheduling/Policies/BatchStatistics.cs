namespace EdgeHost.Runtime.Scheduling.Policies;

/// <summary>What was learned of one batch key: how often steps come and what joining them gains. Not thread-safe.</summary>
internal sealed class BatchStatistics
{
    private const double Smoothing = 0.2;

    /// <summary>A size that did not pay is tried again after this many runs: the machine's load changes.</summary>
    private const int Retry = 256;

    private readonly int _maxEntries;
    private readonly double[] _runs;
    private DateTimeOffset? _lastArrival;
    private int _runsSinceLimit;

    public BatchStatistics(BatchKey key, int maxEntries)
    {
        Key = key;
        Limit = _maxEntries = maxEntries;
        _runs = new double[maxEntries + 1];
    }

    public BatchKey Key { get; }

    /// <summary>Smoothed time between two arrivals in ticks; <see cref="double.MaxValue"/> before the second.</summary>
    public double Gap { get; private set; } = double.MaxValue;

    /// <summary>Entries of a run at most, by what was measured.</summary>
    public int Limit { get; private set; }

    public void Arrived(DateTimeOffset now)
    {
        if (_lastArrival is { } last)
        {
            var gap = Math.Max(0, (now - last).Ticks);
            Gap = Gap == double.MaxValue ? gap : Gap + (Smoothing * (gap - Gap));
        }

        _lastArrival = now;
    }

    public void Ran(int entries, TimeSpan run)
    {
        if (entries >= _runs.Length) return;
        ref var known = ref _runs[entries];
        known = known == 0 ? run.Ticks : known + (Smoothing * (run.Ticks - known));

        // Joined steps that take longer than one after the other only make each other wait.
        if (Limit == _maxEntries && entries > 1 && _runs[1] > 0 && known > 1.05 * entries * _runs[1])
        {
            Limit = Math.Max(1, entries / 2);
            _runsSinceLimit = 0;
        }
        else if (Limit < _maxEntries && ++_runsSinceLimit >= Retry)
        {
            Limit = _maxEntries;
            Array.Clear(_runs, 2, _runs.Length - 2);
        }
    }

    /// <summary>The run time of so many entries in ticks, between what was measured on either side; null where larger runs were not measured yet.</summary>
    public double? Expect(int entries)
    {
        if (entries >= _runs.Length) return null;
        if (_runs[entries] > 0) return _runs[entries];
        var below = entries - 1;
        while (below > 0 && _runs[below] == 0) below--;
        var above = entries + 1;
        while (above < _runs.Length && _runs[above] == 0) above++;
        if (below == 0 || above == _runs.Length) return null;
        return _runs[below] + ((_runs[above] - _runs[below]) * (entries - below) / (above - below));
    }

    /// <summary>The least device time of one entry in any size that was measured and is still used, in ticks; null before the first run.</summary>
    public double? LeastPerEntry
    {
        get
        {
            double? least = null;
            for (var entries = 1; entries <= Limit; entries++)
            {
                if (_runs[entries] > 0 && !(least <= _runs[entries] / entries)) least = _runs[entries] / entries;
            }

            return least;
        }
    }

    /// <summary>Device time saved by one more entry in a run of so many, in ticks; zero where it is not known.</summary>
    public double GainAt(int entries)
        => Expect(1) is { } one && Expect(entries) is { } now && Expect(entries + 1) is { } more ? Math.Max(0, now + one - more) : 0;
}
