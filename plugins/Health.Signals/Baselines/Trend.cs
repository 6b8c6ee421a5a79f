namespace EdgeHost.Plugins.Health.Signals.Baselines;

/// <summary>How something changes over time.</summary>
/// <param name="PerWeek">The median slope between all pairs of days (Theil-Sen), a week.</param>
/// <param name="Low">Lower end of its 95 % interval.</param>
/// <param name="High">Upper end of its 95 % interval.</param>
/// <param name="Days">Days that it is of.</param>
public readonly record struct Trend(double PerWeek, double Low, double High, int Days)
{
    /// <summary>Whether the interval leaves no doubt about the direction.</summary>
    public bool IsSignificant => Low > 0 || High < 0;
}
