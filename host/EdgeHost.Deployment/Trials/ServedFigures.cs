namespace EdgeHost.Deployment.Trials;

/// <summary>Counts calls of a version. Run times are averaged as logarithms, so that a hiccup counts little. Thread-safe.</summary>
internal sealed class ServedFigures
{
    /// <summary>Fewer runs say nothing about how long they take.</summary>
    private const int LeastRuns = 8;

    private readonly Lock _gate = new();
    private ServedRecord _record;

    public ServedFigures(ServedRecord? record = null) => _record = record ?? new ServedRecord(0, 0, 0, 0);

    public ServedRecord Record
    {
        get
        {
            lock (_gate) return _record;
        }
    }

    /// <summary>The mean logarithm of run times; null below a few runs.</summary>
    public double? MeanLog => Record is { Runs: >= LeastRuns } record ? record.LogSum / record.Runs : null;

    /// <summary>Counts a call.</summary>
    /// <param name="hasFailed">Whether it failed for a reason that may be the version's.</param>
    /// <param name="runTime">What its steps took; null where it made none, or they say nothing.</param>
    public void Add(bool hasFailed, TimeSpan? runTime)
    {
        var log = runTime is { } time ? Math.Log(Math.Max(1e-7, time.TotalSeconds)) : 0;
        lock (_gate)
        {
            _record = new ServedRecord(_record.Calls + 1, _record.Errors + (hasFailed ? 1 : 0), _record.Runs + (runTime is null ? 0 : 1), _record.LogSum + log);
        }
    }
}
