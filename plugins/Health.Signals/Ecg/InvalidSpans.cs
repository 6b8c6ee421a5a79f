namespace EdgeHost.Plugins.Health.Signals.Ecg;

/// <summary>The stretches of the recent past in which there was no signal; older ones are forgotten.</summary>
internal sealed class InvalidSpans(long keep)
{
    private readonly List<(long Start, long End)> _spans = [];

    /// <summary>Adds samples that follow, or reach back into, what was added before.</summary>
    public void Add(long start, long end)
    {
        if (_spans.Count > 0 && start <= _spans[^1].End) _spans[^1] = (Math.Min(start, _spans[^1].Start), Math.Max(end, _spans[^1].End));
        else _spans.Add((start, end));
        while (_spans[0].End < end - keep) _spans.RemoveAt(0);
    }

    /// <summary>Whether any sample from start up to end has no signal.</summary>
    public bool Touches(long start, long end)
    {
        for (var i = _spans.Count - 1; i >= 0 && _spans[i].End > start; i--)
        {
            if (_spans[i].Start < end) return true;
        }

        return false;
    }

    /// <summary>How many of the samples from start up to end have no signal.</summary>
    public long Between(long start, long end)
    {
        var sum = 0L;
        for (var i = _spans.Count - 1; i >= 0 && _spans[i].End > start; i--) sum += Math.Max(0, Math.Min(end, _spans[i].End) - Math.Max(start, _spans[i].Start));
        return sum;
    }
}
