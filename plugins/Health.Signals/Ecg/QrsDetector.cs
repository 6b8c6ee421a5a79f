using EdgeHost.Plugins.Health.Signals.Filtering;

namespace EdgeHost.Plugins.Health.Signals.Ecg;

/// <summary>
/// Finds QRS complexes in a signal that comes in pieces. Candidates are the highest points of the feature within 100 ms on both sides; one is a beat above a
/// threshold that follows the heights of beats and of noise (after Pan and Tompkins 1985, IEEE Trans Biomed Eng 32:230, with medians), unless it is the T wave of the beat before, or another
/// one within 200 ms scores higher; where a beat is missing, lower candidates are looked at again. What it finds depends on the samples alone, not on how they were cut.
/// </summary>
internal sealed class QrsDetector
{
    private const double RefractorySeconds = 0.2;
    private const double SpacingSeconds = 0.1;
    private const double TWaveSeconds = 0.36;
    private const double DecideAfterSeconds = 0.6;
    private const double LearnSeconds = 6;
    private const double RelearnAfterSeconds = 4;
    private const double NoisyFrom = 0.3;
    private const double DoubtfulWithin = 0.15;
    private const double MissedAfter = 1.66;

    // A signal that drops further than this without a lead coming off is no smaller beat but a pause with P waves or noise in it.
    private const double LeastShareOfUsual = 0.15;

    private readonly double _rate;
    private readonly QrsFeature _signal;
    private readonly InvalidSpans _invalid;
    private readonly Action<QrsPeak> _found;
    private readonly Action<QrsCandidate, bool> _decided;
    private readonly QrsMeasure _measure;
    private readonly QrsExpectation _expectation;
    private readonly QrsThreshold _threshold = new();
    private readonly Queue<QrsCandidate> _undecided = new();
    private readonly List<QrsCandidate> _passed = [];
    private readonly int _refractory;
    private readonly int _spacing;
    private long _next;
    private long _relearned;
    private bool _learned;
    private QrsPeak? _last;

    public QrsDetector(double rateHz, QrsFeature signal, InvalidSpans invalid, Action<QrsPeak> found, Action<QrsCandidate, bool> decided)
    {
        (_rate, _signal, _invalid, _found, _decided) = (rateHz, signal, invalid, found, decided);
        (_measure, _expectation) = (new QrsMeasure(rateHz, signal), new QrsExpectation(rateHz));
        (_refractory, _spacing) = ((int)(RefractorySeconds * rateHz), (int)(SpacingSeconds * rateHz));
    }

    /// <summary>The sample up to which it is decided what is a beat, but for what is found when a beat is missing.</summary>
    public long Decided => _learned ? _next - (long)(DecideAfterSeconds * _rate) : _undecided.TryPeek(out var first) ? first.Peak.Centre : _next;

    /// <summary>Looks at what the feature has gained. At the end of the signal everything is decided.</summary>
    public void Advance(bool ended)
    {
        var feature = _signal.Feature;
        var reach = ended ? 0 : _spacing;
        for (; _next < feature.Count - reach; _next++)
        {
            // Everything is decided as of the sample that is looked at, so that it does not matter how much more has come already.
            Decide(_next, ended: false);
            if (IsHighest(feature, _next)) _undecided.Enqueue(_measure.At(_next));
        }

        if (ended) Decide(_next, ended: true);
    }

    private bool IsHighest(SampleRing feature, long index)
    {
        var height = feature[index];
        if (height <= 0 || feature.AtOrZero(index - 1) >= height || feature.AtOrZero(index + 1) > height) return false;
        for (var k = 2; k <= _spacing; k++)
        {
            if (feature.AtOrZero(index - k) >= height || feature.AtOrZero(index + k) > height) return false;
        }

        return true;
    }

    private void Decide(long now, bool ended)
    {
        if (!_learned)
        {
            if (_undecided.Count == 0 || (!ended && now - _undecided.Peek().Peak.Centre < LearnSeconds * _rate)) return;
            var first = _undecided.Where(IsSignal).ToList();
            if (first.Count == 0)
            {
                _undecided.Clear();
                return;
            }

            _learned = true;
            _relearned = first[^1].Peak.Centre;
            Learn(first, least: 0);
        }

        while (_undecided.TryPeek(out var candidate) && (ended || now - candidate.Peak.Centre >= DecideAfterSeconds * _rate))
        {
            _undecided.Dequeue();
            if (!IsSignal(candidate)) continue;
            LookAgain(candidate.Peak.Centre);
            Consider(candidate);
        }
    }

    private bool IsSignal(QrsCandidate candidate)
    {
        var margin = (long)(0.12 * _rate);
        return !_invalid.Touches(candidate.Peak.Centre - margin, candidate.Peak.Centre + margin);
    }

    private void Consider(QrsCandidate candidate)
    {
        var peak = candidate.Peak;
        candidate.IsTWave = false;
        if (_last is { } last)
        {
            var distance = peak.Centre - last.Centre;
            if (distance < _refractory || peak.Sample <= last.Sample) return;
            candidate.IsTWave = distance < TWaveSeconds * _rate && peak.Height < last.Height / 2;
        }

        Rate(candidate);
        if (IsBesideHigher(candidate)) return;
        var isBeat = !candidate.IsTWave && candidate.Score.IsBeat;
        _decided(candidate, isBeat);
        if (isBeat)
        {
            Accept(candidate);
            return;
        }

        _threshold.Reject(candidate);
        _passed.Add(candidate);
    }

    private void Rate(QrsCandidate candidate)
    {
        _measure.Measure(candidate);
        candidate.Score = _threshold.Score(candidate, _expectation.At(candidate.Peak.Centre));
    }

    // Of two that the heart cannot both have made, the one that scores higher may be a beat.
    private bool IsBesideHigher(QrsCandidate candidate)
    {
        foreach (var other in _undecided)
        {
            if (other.Peak.Centre - candidate.Peak.Centre >= _refractory) return false;
            if (!IsSignal(other)) continue;
            Rate(other);
            if (other.Score.Value > candidate.Score.Value) return true;
        }

        return false;
    }

    private void Accept(QrsCandidate beat)
    {
        var peak = beat.Peak;
        if (_last is { } last && !_invalid.Touches(last.Centre, peak.Centre)) _expectation.Add((peak.Sample - last.Sample) / _rate);
        _expectation.Accept(beat);
        _threshold.Accept(beat);
        _measure.Learn(beat);
        _last = peak;
        _passed.RemoveAll(passed => passed.Peak.Centre <= peak.Centre);
        _found(peak with { IsDoubtful = beat.Score.Noise > NoisyFrom && beat.Score.Value < beat.Score.Needed + DoubtfulWithin });
    }

    // Where the gap up to now is too long for the rhythm, the highest candidate that was passed over in it is a beat at half the threshold.
    private void LookAgain(long now)
    {
        while (_last is { } last)
        {
            Relearn(last, now);
            if (now - _last.Value.Centre <= MissedAfter * _expectation.Interval * _rate || Missed(_last.Value, now) is not { } beat) break;
            Accept(beat);
        }

        _passed.RemoveAll(passed => passed.Peak.Centre < now - (8 * _rate));
    }

    private QrsCandidate? Missed(QrsPeak last, long now)
    {
        QrsCandidate? best = null;
        foreach (var passed in _passed)
        {
            var (peak, score) = (passed.Peak, passed.Score);
            if (passed.IsTWave || score.Value <= score.NeededWhereMissing || peak.Centre - last.Centre < TWaveSeconds * _rate || now - peak.Centre < _refractory || peak.Sample <= last.Sample) continue;
            if (best is null || score.Value > best.Score.Value) best = passed;
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
        var passed = _passed.ToList();
        _passed.Clear();
        Learn(passed, wasOff ? 0 : LeastShareOfUsual * _threshold.Signal);
        foreach (var candidate in passed) Consider(candidate);
    }

    // The height of beats is the median of the highest candidates of stretches that hold one even at 40 beats a minute.
    private void Learn(List<QrsCandidate> candidates, double least)
    {
        foreach (var candidate in candidates) _measure.Measure(candidate);
        var stretch = 1.5 * _rate;
        var start = candidates[0].Peak.Centre;
        var highest = candidates.GroupBy(candidate => (long)((candidate.Peak.Centre - start) / stretch)).Select(group => group.Max(candidate => candidate.Peak.Height));
        _threshold.Learn(Math.Max(least, Order.Median(highest)), candidates);
    }
}
