using System.Globalization;

namespace EdgeHost.Plugins.Health.Charts.Axes;

/// <summary>Makes axes of values with round ticks.</summary>
public static class ValueAxis
{
    private static readonly double[] Steps = [1, 2, 2.5, 5, 10];

    /// <summary>An axis that has all values and some room.</summary>
    /// <param name="values">What it has to hold; what is not finite does not count, and at least one must.</param>
    /// <param name="title">What it measures, with the unit.</param>
    /// <param name="leastLength">How long it is at least, so that noise does not look like a mountain.</param>
    /// <param name="fromZero">Whether it begins at 0, as bars need.</param>
    /// <param name="ticks">About how many ticks, 2 to 20.</param>
    /// <exception cref="ArgumentException">No value is finite.</exception>
    public static ChartAxis Of(IEnumerable<double> values, string? title, double leastLength = 0, bool fromZero = false, int ticks = 5)
    {
        ArgumentNullException.ThrowIfNull(values);
        ArgumentOutOfRangeException.ThrowIfLessThan(ticks, 2);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(ticks, 20);
        var (low, high) = (double.PositiveInfinity, double.NegativeInfinity);
        foreach (var value in values)
        {
            if (!double.IsFinite(value)) continue;
            (low, high) = (Math.Min(low, value), Math.Max(high, value));
        }

        if (!double.IsFinite(low)) throw new ArgumentException("An axis needs a value.", nameof(values));
        if (fromZero) (low, high) = (0, Math.Max(high, 0));
        var missing = Math.Max(leastLength, Math.Max(Math.Abs(high), 1) * 1e-6) - (high - low);
        if (missing > 0) (low, high) = fromZero ? (0, high + missing) : (low - (missing / 2), high + (missing / 2));
        var step = StepOf((high - low) / ticks);
        var (first, last) = (fromZero ? 0L : (long)Math.Floor(low / step), (long)Math.Ceiling(high / step));
        var decimals = step >= 1 ? (step % 1 == 0 ? 0 : 1) : (int)Math.Ceiling(-Math.Log10(step) + (IsQuarter(step) ? 1 : 0));
        var places = Enumerable.Range(0, (int)(last - first) + 1).Select(i => Math.Round((first + i) * step, 12));
        return new ChartAxis(first * step, last * step, [.. places.Select(place => new ChartTick(place, place.ToString(place >= 10_000 ? "#,0" : "F" + decimals, CultureInfo.InvariantCulture)))], title);
    }

    private static double StepOf(double least)
    {
        var power = Math.Pow(10, Math.Floor(Math.Log10(least)));
        return Steps.First(step => step * power >= least * (1 - 1e-9)) * power;
    }

    private static bool IsQuarter(double step) => Math.Abs((step / Math.Pow(10, Math.Floor(Math.Log10(step)))) - 2.5) < 1e-6;
}
