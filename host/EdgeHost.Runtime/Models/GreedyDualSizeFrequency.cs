namespace EdgeHost.Runtime.Models;

/// <summary>
/// Greedy-dual-size-frequency: a model's rank is the clock plus uses × reload cost ÷ size, and evicting moves the clock up to the victim's
/// rank, so that models which are no longer used fall behind however popular they were. Not thread-safe.
/// </summary>
internal sealed class GreedyDualSizeFrequency
{
    private const double BytesPerMebibyte = 1 << 20;

    private double _clock;

    /// <summary>The rank of a model that is used now.</summary>
    public double Rank(long uses, TimeSpan reloadCost, long bytes)
        => _clock + (uses * Math.Max(1, reloadCost.TotalMilliseconds) / Math.Max(1, bytes / BytesPerMebibyte));

    /// <summary>Tells that a model of this rank was evicted.</summary>
    public void Evicted(double rank) => _clock = Math.Max(_clock, rank);
}
