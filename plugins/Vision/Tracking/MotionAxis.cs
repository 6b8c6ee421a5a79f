namespace EdgeHost.Plugins.Vision.Tracking;

/// <summary>
/// A Kalman filter of one number that moves at a nearly constant rate. The filter of SORT and ByteTrack over centre, shape and height of a box has noise without correlations between these four,
/// so it falls apart into four of this, with 2 × 2 matrices in place of 8 × 8.
/// </summary>
internal struct MotionAxis
{
    // The covariance of value and rate; symmetric.
    private double _varianceOfValue;
    private double _covariance;
    private double _varianceOfRate;

    /// <summary>Begins at a value that stands still.</summary>
    /// <param name="value">The value.</param>
    /// <param name="deviation">How far the value may be from the truth: a standard deviation.</param>
    /// <param name="rateDeviation">The same of the rate.</param>
    public MotionAxis(double value, double deviation, double rateDeviation)
    {
        Value = value;
        _varianceOfValue = deviation * deviation;
        _varianceOfRate = rateDeviation * rateDeviation;
    }

    /// <summary>The estimate.</summary>
    public double Value { get; private set; }

    /// <summary>How much the value grows in a frame.</summary>
    public double Rate { get; private set; }

    /// <summary>Takes the estimate on.</summary>
    /// <param name="frames">By how many frames; more than 0.</param>
    /// <param name="deviation">How much the value may change by itself in a frame: a standard deviation.</param>
    /// <param name="rateDeviation">The same of the rate.</param>
    public void Predict(double frames, double deviation, double rateDeviation)
    {
        Value += Rate * frames;
        _varianceOfValue += (2 * frames * _covariance) + (frames * frames * _varianceOfRate) + (frames * deviation * deviation);
        _covariance += frames * _varianceOfRate;
        _varianceOfRate += frames * rateDeviation * rateDeviation;
    }

    /// <summary>Corrects the estimate by a measurement.</summary>
    /// <param name="measured">What was measured.</param>
    /// <param name="deviation">How far it may be from the truth: a standard deviation, more than 0.</param>
    public void Correct(double measured, double deviation)
    {
        var total = _varianceOfValue + (deviation * deviation);
        var (gain, gainOfRate) = (_varianceOfValue / total, _covariance / total);
        var surprise = measured - Value;
        Value += gain * surprise;
        Rate += gainOfRate * surprise;
        _varianceOfRate -= gainOfRate * _covariance;
        _covariance *= 1 - gain;
        _varianceOfValue *= 1 - gain;
    }

    /// <summary>Forgets the rate, for a thing that is out of sight and must not grow or fly away.</summary>
    public void Stop() => Rate = 0;
}
