namespace EdgeHost.Plugins.Health.Charts.Axes;

/// <summary>An axis. Immutable.</summary>
public sealed class ChartAxis
{
    /// <summary>Makes an axis.</summary>
    /// <param name="from">Its first value.</param>
    /// <param name="to">Its last one, above the first.</param>
    /// <param name="ticks">Places with labels.</param>
    /// <param name="title">What it measures, with the unit; null where the labels say it.</param>
    /// <exception cref="ArgumentOutOfRangeException">It has no length, or is not finite.</exception>
    public ChartAxis(double from, double to, IReadOnlyList<ChartTick> ticks, string? title = null)
    {
        if (!(double.IsFinite(from) && double.IsFinite(to) && to > from)) throw new ArgumentOutOfRangeException(nameof(to), $"An axis goes from a finite value to a larger one; it is {from} to {to}.");
        (From, To, Ticks, Title) = (from, to, ticks, title);
    }

    /// <summary>The first value.</summary>
    public double From { get; }

    /// <summary>The last value.</summary>
    public double To { get; }

    /// <summary>Places with labels.</summary>
    public IReadOnlyList<ChartTick> Ticks { get; }

    /// <summary>What it measures, with the unit.</summary>
    public string? Title { get; }
}
