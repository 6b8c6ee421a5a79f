namespace EdgeHost.Plugins.Health.Signals.Variability;

/// <summary>The spectrum of intervals at the uneven times at which they are known, without resampling (Lomb 1976, Scargle 1982; for heart rate Laguna et al. 1998).</summary>
internal static class LombScargle
{
    private const double LowFrom = 0.04;
    private const double HighFrom = 0.15;
    private const double HighTo = 0.40;
    private const int Oversampling = 4;

    /// <summary>The power of the low and the high frequency band, in ms²; scaled so that a sine of amplitude A has A²/2.</summary>
    public static (double Low, double High) Bands(IReadOnlyList<NnInterval> intervals)
    {
        var times = intervals.Select(interval => interval.EndSeconds).ToArray();
        var values = WithoutTrend(times, intervals);
        var span = times[^1] - times[0];
        var step = 1 / (Oversampling * span);
        var (low, high) = (0.0, 0.0);
        for (var frequency = LowFrom; frequency < HighTo; frequency += step)
        {
            var power = 2 * span / values.Length * Power(times, values, 2 * Math.PI * frequency) * step;
            if (frequency < HighFrom) low += power;
            else high += power;
        }

        return (low, high);
    }

    private static double Power(double[] times, double[] values, double omega)
    {
        double sin2 = 0, cos2 = 0;
        foreach (var time in times)
        {
            var (sin, cos) = Math.SinCos(2 * omega * time);
            sin2 += sin;
            cos2 += cos;
        }

        var shift = Math.Atan2(sin2, cos2) / (2 * omega);
        double vc = 0, vs = 0, cc = 0, ss = 0;
        for (var i = 0; i < times.Length; i++)
        {
            var (sin, cos) = Math.SinCos(omega * (times[i] - shift));
            vc += values[i] * cos;
            vs += values[i] * sin;
            cc += cos * cos;
            ss += sin * sin;
        }

        return 0.5 * ((cc > 0 ? vc * vc / cc : 0) + (ss > 0 ? vs * vs / ss : 0));
    }

    private static double[] WithoutTrend(double[] times, IReadOnlyList<NnInterval> intervals)
    {
        var (meanTime, meanValue) = (times.Average(), intervals.Average(interval => interval.Milliseconds));
        double product = 0, square = 0;
        for (var i = 0; i < times.Length; i++)
        {
            product += (times[i] - meanTime) * (intervals[i].Milliseconds - meanValue);
            square += (times[i] - meanTime) * (times[i] - meanTime);
        }

        var slope = square > 0 ? product / square : 0;
        return [.. times.Select((time, i) => intervals[i].Milliseconds - meanValue - (slope * (time - meanTime)))];
    }
}
