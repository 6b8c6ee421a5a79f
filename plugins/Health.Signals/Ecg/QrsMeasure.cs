using EdgeHost.Plugins.Health.Signals.Filtering;

namespace EdgeHost.Plugins.Health.Signals.Ecg;

/// <summary>Makes candidates of the feature's local maxima and measures them: what is around them, how far they swing, how alike they are to beats.</summary>
internal sealed class QrsMeasure(double rateHz, QrsFeature signal)
{
    private const double PlaceSeconds = 0.07;
    private const double FloorShare = 0.3;
    private const int FloorPoints = 56;
    private const double FloorStepSeconds = 0.02;

    private readonly QrsMatcher _matcher = new(rateHz, signal.Shape);
    private readonly int _reach = (int)(PlaceSeconds * rateHz);

    /// <summary>The candidate at a maximum: its largest deflection nearby.</summary>
    public QrsCandidate At(long centre)
    {
        var shape = signal.Shape;
        var (best, at) = (-1f, centre);
        for (var i = Math.Max(shape.Oldest, centre - _reach); i <= centre + _reach && i < shape.Count; i++)
        {
            if (Math.Abs(shape[i]) > best) (best, at) = (Math.Abs(shape[i]), i);
        }

        return new QrsCandidate(new QrsPeak(at, centre, signal.Feature[centre]));
    }

    /// <summary>Measures a candidate once the signal half a second after it has come.</summary>
    public void Measure(QrsCandidate candidate)
    {
        if (candidate.IsMeasured) return;
        candidate.IsMeasured = true;
        candidate.Match = _matcher.Match(candidate.Peak.Sample);
        candidate.Floor = FloorAround(candidate.Peak.Centre);
        candidate.Swing = SwingOf(candidate.Peak.Sample);
    }

    /// <summary>Learns the shape of a beat.</summary>
    public void Learn(QrsCandidate beat) => _matcher.Learn(beat.Peak.Sample);

    private double FloorAround(long centre)
    {
        Span<double> values = stackalloc double[FloorPoints];
        var (feature, count) = (signal.Feature, 0);
        for (var i = 0; i < FloorPoints; i++)
        {
            var at = centre + (long)((i - (FloorPoints / 2)) * FloorStepSeconds * rateHz);
            if (at >= feature.Oldest && at < feature.Count) values[count++] = feature[at];
        }

        values = values[..count];
        values.Sort();
        return Order.QuantileOfSorted(values, FloorShare);
    }

    private double SwingOf(long sample)
    {
        var (low, high) = (0f, 0f);
        for (var i = sample - _reach; i <= sample + _reach; i++)
        {
            var value = signal.Shape.AtOrZero(i);
            (low, high) = (Math.Min(low, value), Math.Max(high, value));
        }

        return high - low;
    }
}
