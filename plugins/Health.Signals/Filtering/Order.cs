namespace EdgeHost.Plugins.Health.Signals.Filtering;

/// <summary>Medians and quantiles. Thread-safe.</summary>
public static class Order
{
    /// <summary>The median: the mean of the middle two for an even count, 0 for none. The values stay as they are.</summary>
    public static double Median(IEnumerable<double> values)
    {
        ArgumentNullException.ThrowIfNull(values);
        var sorted = values.ToArray();
        Array.Sort(sorted);
        return MedianOfSorted(sorted);
    }

    /// <summary>The median of ascending values, likewise.</summary>
    public static double MedianOfSorted(ReadOnlySpan<double> sorted)
        => sorted.Length == 0 ? 0
            : sorted.Length % 2 == 1 ? sorted[sorted.Length / 2]
            : (sorted[(sorted.Length / 2) - 1] + sorted[sorted.Length / 2]) / 2;

    /// <summary>The quantile between order statistics (linear, "type 7"); 0 for no values.</summary>
    /// <param name="sorted">Ascending.</param>
    /// <param name="share">0 to 1.</param>
    public static double QuantileOfSorted(ReadOnlySpan<double> sorted, double share)
    {
        if (sorted.Length == 0) return 0;
        var at = share * (sorted.Length - 1);
        var below = (int)at;
        return below + 1 < sorted.Length ? sorted[below] + ((at - below) * (sorted[below + 1] - sorted[below])) : sorted[^1];
    }
}
