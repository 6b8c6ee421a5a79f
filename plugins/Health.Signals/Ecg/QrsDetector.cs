using EdgeHost.Plugins.Health.Signals.Filtering;

namespace EdgeHost.Plugins.Health.Signals.Ecg;

/// <summary>
/// Finds QRS complexes in a signal that comes in pieces. Candidates are the highest points of the feature within 200 ms on both sides; one is a beat above a
/// threshold that follows the heights of beats and of noise (after Pan and Tompkins 1985, IEEE Trans Biomed Eng 32:230, with medians), unless it
/// is the T wave of the beat before; where a beat is missing, lower candidates are looked at again. What it finds depends on the samples alone, not on how they were cut.
/// </summary>
internal sealed class QrsDetector
{
    private const double RefractorySeconds = 0.2;
    private const double TWaveSeconds = 0.36;
    private const double DecideAfterSeconds = 0.6;
    private const double LearnSeconds = 6;
    private const double RelearnAfterSeconds = 4;
    private const double MissedAfter = 1.66;

    // A signal that drops further than this without a lead coming off is no smaller beat but a pause with P waves or noise in it.
    private const double LeastShareOfUsual = 0.15;

    private readonly double _rate;
    private readonly QrsFeature _signal;
    private readonly InvalidSpans _invalid;
    private readonly Action<QrsPeak> _found;
    private readonly QrsThreshold _threshold = new();
    private readonly RecentValues _intervals = new(8);
    private readonly Queue<QrsPeak> _undecided = new();
    private readonly List<(QrsPeak Peak, bool TWave)> _passed = [];
    private readonly int _refractory;
    private long _next;
    private long _relearned;
    private bool _learned;
    private QrsPeak? _last;

    public QrsDetector(double rateHz, QrsFeature signal, InvalidSpans invalid, Action<QrsPeak> found)
    {
        (_rate, _signal, _invalid, _found) = (rateHz, signal, invalid, found);
        _refractory = (int)(RefractorySeconds * rateHz);
    }

    /// <summary>The height of beats over the height of noise at present; 0 before the first beat.</summary>
    public double Contrast => _threshold.Signal <= 0 ? 0 : _threshold.Signal / Math.Max(_threshold.Noise, 1e-6);

    /// <summary>Looks at what the feature has gained. At the end of the signal everything is decided.</summary>
    public void Advance(bool ended)
    {
        var feature = _signal.Feature;
        var reach = ended ? 0 : _refractory;
        for (; _next < feature.Count - reach; _next++)
        {
            // Everything is decided as of the sample that is looked at, so that it does not matter how much more has come already.
            Decide(_next, ended: false);
            if (IsHighest(feature, _next)) AddCandidate(_next);
        }

        if (ended) Decide(_next, ended: true);
    }

    private bool IsHighest(SampleRing feature, long index)
    {
        var height = feature[index];
        if (height <= 0 || feature.AtOrZero(index - 1) >= height || feature.AtOrZero(index + 1) > height) return false;
        for (var k = 2; k <= _refractory; k++)
        {
            if (feature.AtOrZero(index - k) >= height || feature.AtOrZero(index + k) > height) return false;
        }

        return true;
    }

    private void AddCandidate(long centre)
    {
        var shape = _signal.Shape;
        var reach = (int)(0.07 * _rate);
        var (best, at) = (-1f, centre);
        for (var i = Math.Max(shape.Oldest, centre - reach); i <= centre + reach && i < shape.Count; i++)
        {
            if (Math.Abs(shape[i]) > best) (best, at) = (Math.Abs(shape[i]), i);
        }

        _undecided.Enqueue(new QrsPeak(at, centre, _signal.Feature[centre]));
    }

    private void Decide(long now, bool ended)
    {
        if (!_learned)
        {
            if (_undecided.Count == 0 || (!ended && now - _undecided.Peek().Centre < LearnSeconds * _rate)) return;
            var first = _undecided.Where(IsSignal).ToList();
            _undecided.Clear();
            if (first.Count == 0) return;
            _learned = true;
            _relearned = first[^1].Centre;
            Learn(first, least: 0);
            foreach (var peak in first) Consider(peak);
            return;
        }

        while (_undecided.TryPeek(out var peak) && (ended || now - peak.Centre >= DecideAfterSeconds * _rate))
        {
            _undecided.Dequeue();
            if (!IsSignal(peak)) continue;
            LookAgain(peak.Centre);
            Consider(peak);
        }
    }

    private bool IsSignal(QrsPeak peak)
    {
        var margin = (long)(0.12 * _rate);
        return !_invalid.Touches(peak.Centre - margin, peak.Centre + margin);
    }

    private void Consider(QrsPeak peak)
    {
        var tWave = false;
        if (_last is { } last)
        {
            var distance = peak.Centre - last.Centre;
            if (distance < _refractory || peak.Sample <= last.Sample) return;
            tWave = distance < TWaveSeconds * _rate && peak.Height < last.Height / 2;
        }

        if (!tWave && peak.Height > _threshold.Value)
        {
            Accept(peak);
            return;
        }

        _threshold.Reject(peak.Height);
        _passed.Add((peak, tWave));
    }

    private void Accept(QrsPeak peak)
    {
        if (_last is { } last && !_invalid.Touches(last.Centre, peak.Centre))
        {
            var seconds = (peak.Sample - last.Sample) / _rate;
            if (seconds is > 0.25 and < 2.5) _intervals.Add(seconds);
        }

        _threshold.Accept(peak.Height);
        _last = peak;
        _passed.RemoveAll(passed => passed.Peak.Centre <= peak.Centre);
        _found(peak);
    }

    // Where the gap up to now is too long for the rhythm, the highest candidate that was passed over in it is a beat at half the threshold.
    private void LookAgain(long now)
    {
        while (_last is { } last)
        {
            Relearn(last, now);
            var usual = _intervals.Count > 0 ? _intervals.Median : 1;
            if (now - _last.Value.Centre <= MissedAfter * usual * _rate || Missed(_last.Value, now) is not { } peak) break;
            Accept(peak);
        }

        _passed.RemoveAll(passed => passed.Peak.Centre < now - (8 * _rate));
    }

    private QrsPeak? Missed(QrsPeak last, long now)
    {
        QrsPeak? best = null;
        foreach (var (peak, tWave) in _passed)
        {
            if (tWave || peak.Height <= _threshold.Half || peak.Centre - last.Centre < TWaveSeconds * _rate || now - peak.Centre < _refractory || peak.Sample <= last.Sample) continue;
            if (best is null || peak.Height > best.Value.Height) best = peak;
        }

        return best;
    }

    // After seconds without a beat the levels are learnt again: the electrodes may have moved, or the heights were those of a disturbance.
    private void Relearn(QrsPeak last, long now)
    {
        var quiet = RelearnAfterSeconds * _rate;
        if (now - Math.Max(last.Centre, _relearned) < quiet || _passed.Count == 0) return;
        _relearned = now;
        var wasOff = _invalid.Between(last.Centre, now) > _rate;
        var passed = _passed.Select(x => x.Peak).ToList();
        _passed.Clear();
        Learn(passed, wasOff ? 0 : LeastShareOfUsual * _threshold.Signal);
        foreach (var peak in passed) Consider(peak);
    }

    // The height of beats is the median of the highest candidates of stretches that hold one even at 40 beats a minute.
    private void Learn(List<QrsPeak> peaks, double least)
    {
        var stretch = 1.5 * _rate;
        var start = peaks[0].Centre;
        var highest = peaks.GroupBy(peak => (long)((peak.Centre - start) / stretch)).Select(group => group.Max(peak => peak.Height));
        _threshold.Learn(Math.Max(least, Order.Median(highest)), peaks.Select(peak => peak.Height));
    }
}
