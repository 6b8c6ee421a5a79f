namespace EdgeHost.Plugins.Health.Signals.Quality;

/// <summary>The qualities of the recent past, in windows of one length.</summary>
internal sealed class QualityWindows(int window, int kept)
{
    private readonly SignalQuality[] _levels = new SignalQuality[kept];

    /// <summary>Those of a whole signal.</summary>
    /// <param name="segments">Windows of one length from its start on, but for the last one.</param>
    public static QualityWindows Of(IReadOnlyList<QualitySegment> segments)
    {
        var windows = segments.Count == 0 ? new QualityWindows(1, 1) : new QualityWindows((int)segments[0].End, segments.Count);
        foreach (var segment in segments) windows.Add(segment.Level, segment.End);
        return windows;
    }

    /// <summary>Samples of a window.</summary>
    public int Window => window;

    /// <summary>The sample up to which qualities are known.</summary>
    public long Known { get; private set; }

    private long Count { get; set; }

    public void Add(SignalQuality level, long end)
    {
        _levels[Count++ % _levels.Length] = level;
        Known = end;
    }

    /// <summary>The worst quality of the windows that samples from start to end lie in; of windows that are forgotten or not known yet, the nearest known one.</summary>
    public SignalQuality Worst(long start, long end)
    {
        if (Count == 0) return SignalQuality.None;
        var first = Math.Clamp(start / window, Math.Max(0, Count - _levels.Length), Count - 1);
        var last = Math.Clamp(end / window, first, Count - 1);
        var worst = SignalQuality.Good;
        for (var i = first; i <= last; i++)
        {
            if (_levels[i % _levels.Length] > worst) worst = _levels[i % _levels.Length];
        }

        return worst;
    }
}
