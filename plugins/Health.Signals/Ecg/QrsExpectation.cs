using EdgeHost.Plugins.Health.Signals.Filtering;

namespace EdgeHost.Plugins.Health.Signals.Ecg;

/// <summary>When beats are to be expected, as far as the rhythm is regular: counted from the last beat that was beyond doubt, so that a false one in between changes nothing.</summary>
internal sealed class QrsExpectation(double rateHz)
{
    private const double LeastScore = 0.8;
    private const double LeastCorrelation = 0.8;
    private const double IrregularFrom = 0.12;
    private const double InTime = 0.12;
    private const double OutOfTime = 0.25;
    private const int MostIntervals = 4;

    private readonly RecentValues _intervals = new(8);
    private readonly RecentValues _changes = new(8);
    private long _certain = -1;
    private double _last;

    /// <summary>The usual interval, in seconds; 1 before any is known.</summary>
    public double Interval => _intervals.Count > 0 ? _intervals.Median : 1;

    /// <summary>From −1 for a time at which no beat is to be expected to 1 for one at which one is; nearer to 0 the less regular the rhythm is.</summary>
    public double At(long sample)
    {
        if (_certain < 0 || _intervals.Count < 4) return 0;
        var phase = (sample - _certain) / rateHz / Interval;
        if (phase > MostIntervals) return 0;
        var off = Math.Abs(phase - Math.Max(1, Math.Round(phase)));
        var regular = Math.Clamp(1 - (_changes.Median / IrregularFrom), 0, 1);
        return regular * Math.Clamp(1 - (2 * (off - InTime) / (OutOfTime - InTime)), -1, 1);
    }

    /// <summary>Takes an interval between two beats, in seconds.</summary>
    public void Add(double seconds)
    {
        if (seconds is not (> 0.25 and < 2.5)) return;
        if (_last > 0) _changes.Add(Math.Abs(seconds - _last) / Interval);
        _intervals.Add(seconds);
        _last = seconds;
    }

    /// <summary>Takes a beat.</summary>
    public void Accept(QrsCandidate beat)
    {
        if (!beat.Match.IsKnown || (beat.Score.Value >= LeastScore && beat.Match.Correlation >= LeastCorrelation)) _certain = beat.Peak.Centre;
    }
}
