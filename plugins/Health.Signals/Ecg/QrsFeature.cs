using EdgeHost.Plugins.Health.Signals.Filtering;

namespace EdgeHost.Plugins.Health.Signals.Ecg;

/// <summary>
/// The two signals that beats are found in: the <em>feature</em>, high where a QRS complex is (slope in the band 8 to 20 Hz, squared, averaged over
/// 100 ms, its root; in mV), and the <em>shape</em>, the signal from 3 to 30 Hz without phase shift, in which beats are placed and compared.
/// </summary>
internal sealed class QrsFeature
{
    /// <summary>The longest piece that is taken at once.</summary>
    public const int Piece = 512;

    private readonly FirStream _slope;
    private readonly FirStream _band;
    private readonly MeanStream _mean;
    private readonly SampleRing _feature;
    private readonly SampleRing _shape;

    public QrsFeature(double rateHz, int kept)
    {
        var qrs = FirKernel.BandPass(8, 20, rateHz, 0.15);
        _slope = new FirStream(qrs.Derivative(14, rateHz), Piece);
        _band = new FirStream(FirKernel.BandPass(3, 30, rateHz, 0.25), Piece);
        _mean = new MeanStream((2 * (int)Math.Round(0.05 * rateHz)) + 1);
        (_feature, _shape) = (new SampleRing(kept), new SampleRing(kept));
    }

    public SampleRing Feature => _feature;

    public SampleRing Shape => _shape;

    public void Push(ReadOnlySpan<float> clean)
    {
        Average(_slope.Push(clean));
        _shape.Append(_band.Push(clean));
    }

    public void Finish()
    {
        Average(_slope.Finish());
        for (var i = 0; i < _mean.Reach; i++) Average([0]);
        _shape.Append(_band.Finish());
    }

    private void Average(ReadOnlySpan<float> slopes)
    {
        foreach (var slope in slopes)
        {
            if (_mean.Push(slope * slope, out var mean)) _feature.Append(MathF.Sqrt(mean));
        }
    }
}
