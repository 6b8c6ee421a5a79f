namespace EdgeHost.Plugins.Health.Signals.Baselines;

/// <summary>What is usual for a person.</summary>
/// <param name="Median">The middle value.</param>
/// <param name="Deviation">1.4826 times the median absolute deviation: the standard deviation of what is normally distributed, whatever outliers there are.</param>
/// <param name="Days">Days that it is of.</param>
public readonly record struct Baseline(double Median, double Deviation, int Days)
{
    /// <summary>How unusual a value is, in deviations; negative for a lower one.</summary>
    public double Score(double value) => Deviation > 0 ? (value - Median) / Deviation : value == Median ? 0 : double.PositiveInfinity * Math.Sign(value - Median);
}
