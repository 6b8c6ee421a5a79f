using EdgeHost.Deployment.Shadow;

namespace EdgeHost.Deployment.Trials;

/// <summary>Counts steps in shadow. Thread-safe.</summary>
internal sealed class ShadowFigures
{
    private readonly Lock _gate = new();
    private ShadowRecord _record;

    public ShadowFigures(ShadowRecord? record = null) => _record = record ?? new ShadowRecord(0, 0, 0, 0, null, 0, 0, 0);

    public ShadowRecord Record
    {
        get
        {
            lock (_gate) return _record;
        }
    }

    public void AddDropped()
    {
        lock (_gate) _record = _record with { Dropped = _record.Dropped + 1 };
    }

    public void AddFailed()
    {
        lock (_gate) _record = _record with { Compared = _record.Compared + 1, Errors = _record.Errors + 1 };
    }

    /// <summary>Counts a comparison.</summary>
    /// <param name="outputs">What it found.</param>
    /// <param name="runTimes">Both run times; null where they say nothing.</param>
    public void Add(OutputComparison outputs, (TimeSpan Own, TimeSpan Other)? runTimes)
    {
        lock (_gate)
        {
            _record = _record with
            {
                Compared = _record.Compared + 1,
                Scored = _record.Scored + (outputs.Agreement is null ? 0 : 1),
                Agreement = _record.Agreement + (outputs.Agreement ?? 0),
                Difference = outputs.Difference is { } difference ? Math.Max(_record.Difference ?? 0, difference) : _record.Difference,
                Ratios = _record.Ratios + (runTimes is null ? 0 : 1),
                LogRatioSum = _record.LogRatioSum + (runTimes is { } known ? Math.Log(Math.Max(1e-6, known.Own / known.Other)) : 0),
                LogOtherSum = _record.LogOtherSum + (runTimes is { } taken ? Math.Log(taken.Other.TotalSeconds) : 0),
            };
        }
    }
}
