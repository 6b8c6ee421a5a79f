using EdgeHost.Plugins.Health.Signals.Filtering;

namespace EdgeHost.Plugins.Health.Signals.Ecg;

/// <summary>
/// How high QRS complexes are at present, how high everything else, and so from where on a candidate is a beat. Its <em>score</em> is its height over that of beats; the more noise there is, the
/// more its height along the shape of beats counts instead (a matched filter), and its time: noise may be as high as a beat and is seldom of its shape.
/// </summary>
internal sealed class QrsThreshold
{
    // Lower than this, in mV, nothing is a beat whatever the levels say: three steps of a converter of 5 µV, through the filter.
    private const double LeastHeight = 0.008;

    private const double Share = 0.3;
    private const double MostScore = 1.5;

    // Noise peaks reach about this times the 30th percentile of Gaussian noise in the feature.
    private const double OfFloor = 2.2;
    private const double MostNoise = 0.6;

    // Below the first the shape and the time do not count; above the second they count most.
    private const double ShapeFrom = 0.1;
    private const double ShapeFully = 0.35;
    private const double MostShape = 0.7;
    private const double MostAlike = 1.2;
    private const double MostTime = 0.2;

    // A wide beat has little slope but swings as far as others, in a signal that is quiet otherwise.
    private const double WideNoise = 0.2;
    private const double WideSwing = 0.6;
    private const double OtherSwing = 0.9;

    private readonly RecentValues _heights = new(8);
    private readonly RecentValues _others = new(16);
    private readonly RecentValues _swings = new(8);
    private readonly RecentValues _otherSwings = new(16);

    /// <summary>The height of QRS complexes, in mV.</summary>
    public double Signal { get; private set; }

    /// <summary>How a candidate stands.</summary>
    /// <param name="candidate">The candidate, measured.</param>
    /// <param name="expectation">−1 where no beat is to be expected, 1 where one is, 0 where that is not known.</param>
    public QrsScore Score(QrsCandidate candidate, double expectation)
    {
        if (candidate.Peak.Height < LeastHeight || Signal <= 0) return new QrsScore(0, 1, 1, MostNoise, IsWide: false);
        var around = OfFloor * candidate.Floor / Signal;
        var noise = Math.Min(MostNoise, Math.Max(_others.Median / Signal, around));
        var (tall, alike) = (Math.Min(MostScore, candidate.Peak.Height / Signal), Math.Clamp((Math.Min(candidate.Match.Projection, MostAlike) + candidate.Match.Correlation) / 2, 0, 1));
        var weight = candidate.Match.IsKnown ? Math.Clamp((around - ShapeFrom) / (ShapeFully - ShapeFrom), 0, 1) : 0;
        var value = tall + (weight * ((MostShape * (alike - tall)) + (MostTime * expectation)));
        var swing = _swings.Median;
        var wide = _swings.Count > 0 && around < WideNoise && candidate.Swing > Math.Max(WideSwing * swing, ((1 - WideSwing) * swing) + (OtherSwing * _otherSwings.Median));
        return new QrsScore(value, noise + (Share * (1 - noise)), noise + (Share / 2 * (1 - noise)), noise, wide);
    }

    public void Accept(QrsCandidate beat)
    {
        // What was found by its swing alone says nothing of the height of slopes.
        if (beat.Score.Value < beat.Score.NeededWhereMissing) return;
        // A ventricular beat may be several times as tall; it must not hide the ones after it.
        _heights.Add(Math.Min(beat.Peak.Height, 2 * Signal));
        _swings.Add(beat.Swing);
        Signal = _heights.Median;
    }

    public void Reject(QrsCandidate candidate)
    {
        _others.Add(Math.Min(candidate.Peak.Height, Signal));
        _otherSwings.Add(candidate.Swing);
    }

    /// <summary>Begins anew from heights of peaks, of which those at least half the signal's are beats.</summary>
    public void Learn(double signal, IReadOnlyList<QrsCandidate> candidates)
    {
        Signal = signal;
        _others.Clear();
        _otherSwings.Clear();
        _heights.Clear();
        _swings.Clear();
        foreach (var candidate in candidates)
        {
            if (candidate.Peak.Height < signal / 2) Reject(candidate);
            else _swings.Add(candidate.Swing);
        }

        for (var i = 0; i < 4; i++) _heights.Add(signal);
    }
}
