using EdgeHost.Plugins.Health.Signals.Filtering;
using EdgeHost.Plugins.Health.Signals.Quality;

namespace EdgeHost.Plugins.Health.Signals.Ecg;

/// <summary>
/// Says what kind of beat each is, by its likeness to the usual shape, its width and how early it comes. It looks eight beats ahead, so that the first
/// beats of a record are judged by shapes that have been seen, and never further back or ahead than that: pieces give what the whole gives.
/// </summary>
internal sealed class BeatClassifier(double rateHz, SampleRing shape, InvalidSpans invalid, QualityWindows quality, Action<EcgBeat> emit)
{
    private const int Ahead = 8;
    private const double Early = 0.87;
    private const double EarlyOfUsualShape = 0.8;

    private readonly BeatTemplates _templates = new();
    private readonly Queue<Pending> _pending = new();
    private readonly Stack<BeatShape> _free = new();
    private readonly RecentValues _intervals = new(8);
    private readonly RecentValues _changes = new(8);
    private long _newest = -1;
    private double _lastInterval = double.NaN;

    /// <summary>Takes a beat as it is found; the shape around it must have come, and is still kept.</summary>
    public void Add(QrsPeak peak)
    {
        var taken = _free.TryPop(out var free) ? free : new BeatShape();
        taken.Take(shape, peak.Sample, rateHz);
        var interval = _newest < 0 || invalid.Touches(_newest, peak.Sample) ? double.NaN : 1000 * (peak.Sample - _newest) / rateHz;
        _newest = peak.Sample;
        _pending.Enqueue(new Pending(peak, interval, taken));
    }

    /// <summary>Judges beats as far as what they depend on is known; all that are left at the end.</summary>
    public void Advance(bool ended)
    {
        while (_pending.TryPeek(out var next) && (ended || (_pending.Count > Ahead && quality.Known > next.Sample)))
        {
            Learn(Ahead + 1);
            Judge(_pending.Dequeue());
        }
    }

    private void Learn(int count)
    {
        foreach (var pending in _pending)
        {
            if (count-- == 0) break;
            if (pending.Learnt) continue;
            pending.Learnt = true;
            _templates.Add(pending.Shape);
        }
    }

    private void Judge(Pending beat)
    {
        var level = quality.Worst(beat.Sample, beat.Sample);
        var usual = _templates.Usual;
        var match = usual is null ? 0 : beat.Shape.Compare(usual.Points).Correlation;
        var width = usual is null or { WidthSeconds: 0 } ? 1 : beat.Shape.WidthSeconds / usual.WidthSeconds;
        var local = _intervals.Count > 2 ? _intervals.Median : Order.Median(_pending.Select(next => next.IntervalMs).Where(double.IsFinite));
        var earliness = double.IsFinite(beat.IntervalMs) && local > 0 ? beat.IntervalMs / local : 1;
        // Noise may be as high as a beat; it does not come again and again in one shape.
        var isTold = level < SignalQuality.Poor && usual is not null && (!beat.IsDoubtful || _templates.Repeats(beat.Shape));
        var kind = isTold ? KindOf(match, width, earliness) : BeatKind.Unknown;
        emit(new EcgBeat(beat.Sample, kind, beat.IntervalMs, match, level) { WidthMs = 1000 * beat.Shape.WidthSeconds });

        if (kind != BeatKind.Ventricular && beat.IntervalMs is > 250 and < 2500)
        {
            _intervals.Add(beat.IntervalMs);
            if (double.IsFinite(_lastInterval)) _changes.Add(Math.Abs(beat.IntervalMs - _lastInterval) / local);
        }

        _lastInterval = kind == BeatKind.Ventricular ? double.NaN : beat.IntervalMs;
        _free.Push(beat.Shape);
    }

    private BeatKind KindOf(double match, double width, double earliness)
    {
        if (match < 0.85 && width > 1.25) return BeatKind.Ventricular;
        if (match < 0.92 && width > 1.15 && earliness < Early) return BeatKind.Ventricular;
        if (match < 0.6 && earliness < Early) return BeatKind.Ventricular;
        if (match < 0.3) return BeatKind.Ventricular;
        if (match < 0.7) return BeatKind.Unknown;
        return earliness < EarlyOfUsualShape && _changes.Count >= 4 && _changes.Median < 0.06 ? BeatKind.Supraventricular : BeatKind.Normal;
    }

    private sealed class Pending(QrsPeak peak, double intervalMs, BeatShape shape)
    {
        public long Sample => peak.Sample;

        public bool IsDoubtful => peak.IsDoubtful;

        public double IntervalMs => intervalMs;

        public BeatShape Shape => shape;

        public bool Learnt { get; set; }
    }
}
