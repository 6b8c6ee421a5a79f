namespace EdgeHost.Plugins.Health.Signals.Ecg;

/// <summary>What may be a QRS complex, and what was measured of it.</summary>
/// <param name="peak">Where and how high it is.</param>
internal sealed class QrsCandidate(QrsPeak peak)
{
    public QrsPeak Peak => peak;

    /// <summary>The 30th percentile of the feature around it, in mV: what is there between beats.</summary>
    public double Floor { get; set; }

    /// <summary>The peak-to-peak height of its shape, in mV.</summary>
    public double Swing { get; set; }

    /// <summary>How alike it is to the shapes of beats.</summary>
    public QrsMatch Match { get; set; }

    /// <summary>Whether the three were measured.</summary>
    public bool IsMeasured { get; set; }

    /// <summary>How it stands against the levels; of the moment when it was decided.</summary>
    public QrsScore Score { get; set; }

    /// <summary>Whether it comes as soon after a beat, and as low, as a T wave does.</summary>
    public bool IsTWave { get; set; }
}
