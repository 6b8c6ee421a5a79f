using EdgeHost.Plugins.Health.Signals.Filtering;

namespace EdgeHost.Plugins.Health.Signals.Ecg;

/// <summary>How high a QRS complex is at present, how high what is none, and so from where on something is one.</summary>
internal sealed class QrsThreshold
{
    // Lower than this, in mV, nothing is a beat whatever the levels say.
    private const double LeastHeight = 0.02;

    private const double SignalShare = 0.3;

    // In noise the two levels come close, and the threshold rises towards the signal's: fewer false beats than missed ones.
    private const double NoiseShare = 0.25;

    private const double NoiseWeight = 0.125;

    private readonly RecentValues _heights = new(8);

    /// <summary>The height of QRS complexes, in mV.</summary>
    public double Signal { get; private set; }

    /// <summary>The height of peaks that are none.</summary>
    public double Noise { get; private set; }

    public double Value
    {
        get
        {
            var share = SignalShare + (NoiseShare * Math.Clamp(Noise / Math.Max(LeastHeight, Signal), 0, 1));
            return Math.Max(LeastHeight, Noise + (share * Math.Max(0, Signal - Noise)));
        }
    }

    /// <summary>The threshold of looking again where a beat is missing.</summary>
    public double Half => Math.Max(LeastHeight, Value / 2);

    public void Accept(double height)
    {
        // A ventricular beat may be several times as tall; it must not hide the ones after it.
        _heights.Add(Math.Min(height, 2 * Signal));
        Signal = _heights.Median;
    }

    public void Reject(double height) => Noise += NoiseWeight * (Math.Min(height, Signal) - Noise);

    /// <summary>Begins anew from heights of peaks, of which those at least half the signal's are beats.</summary>
    public void Learn(double signal, IEnumerable<double> heights)
    {
        Signal = signal;
        Noise = Order.Median(heights.Where(height => height < signal / 2));
        _heights.Clear();
        for (var i = 0; i < 4; i++) _heights.Add(signal);
    }
}
