namespace EdgeHost.Plugins.Health.Signals.Filtering;

/// <summary>The latest few values and their median.</summary>
internal sealed class RecentValues(int capacity)
{
    private readonly double[] _values = new double[capacity];
    private readonly double[] _sorted = new double[capacity];
    private long _added;

    public int Count => (int)Math.Min(_added, _values.Length);

    /// <summary>The median of the kept values: the mean of the middle two for an even count, 0 for none.</summary>
    public double Median => Order.MedianOfSorted(Sorted());

    /// <summary>The quantile of the kept values, between order statistics; 0 for none.</summary>
    /// <param name="share">0 to 1.</param>
    public double Quantile(double share) => Order.QuantileOfSorted(Sorted(), share);

    public void Add(double value) => _values[_added++ % _values.Length] = value;

    public void Clear() => _added = 0;

    private Span<double> Sorted()
    {
        var sorted = _sorted.AsSpan(0, Count);
        _values.AsSpan(0, Count).CopyTo(sorted);
        sorted.Sort();
        return sorted;
    }
}
