namespace EdgeHost.Plugins.Language.Generation.Sampling;

/// <summary>Chance that a seed repeats on every version of .NET: SplitMix64. Not for secrets; not thread-safe.</summary>
internal sealed class RandomSource(long seed)
{
    private ulong _state = (ulong)seed;

    /// <summary>The next number, 0 to below 1.</summary>
    public double Next()
    {
        _state += 0x9E3779B97F4A7C15;
        var value = _state;
        value = (value ^ (value >> 30)) * 0xBF58476D1CE4E5B9;
        value = (value ^ (value >> 27)) * 0x94D049BB133111EB;
        return ((value ^ (value >> 31)) >> 11) * (1.0 / (1UL << 53));
    }
}
