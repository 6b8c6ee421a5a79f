using System.Text;

namespace EdgeHost.Training.Randomness;

/// <summary>
/// Random numbers that are a function of a seed, a stream and a position (SplitMix64: Steele, Lea, Flood, 2014). What is drawn in step n
/// needs nothing of the steps before it, so a checkpoint has no generator to keep, and a resumed run draws the same. Not thread-safe.
/// </summary>
internal struct SeededRandom
{
    private const ulong Golden = 0x9E3779B97F4A7C15;

    private ulong _state;

    public SeededRandom(ulong seed, string stream, long position = 0)
        => _state = Mix(Mix(seed ^ Hash(stream)) + ((ulong)position * Golden));

    public ulong NextUInt64() => Mix(_state += Golden);

    /// <summary>0 to below 1.</summary>
    public float NextSingle() => (NextUInt64() >> 40) * (1f / (1 << 24));

    /// <summary>0 to below a bound, each as likely but for less than bound ÷ 2^64.</summary>
    public int NextInt32(int bound) => (int)Math.BigMul(NextUInt64(), (ulong)bound, out _);

    /// <summary>Mean 0, deviation 1 (Box and Muller).</summary>
    public float NextNormal()
    {
        var radius = Math.Sqrt(-2 * Math.Log(1 - ((NextUInt64() >> 11) * (1.0 / (1L << 53)))));
        return (float)(radius * Math.Cos(2 * Math.PI * NextSingle()));
    }

    private static ulong Mix(ulong value)
    {
        value = (value ^ (value >> 30)) * 0xBF58476D1CE4E5B9;
        value = (value ^ (value >> 27)) * 0x94D049BB133111EB;
        return value ^ (value >> 31);
    }

    // FNV-1a: string.GetHashCode differs from process to process.
    private static ulong Hash(string text)
    {
        var hash = 0xCBF29CE484222325;
        foreach (var character in Encoding.UTF8.GetBytes(text)) hash = (hash ^ character) * 0x100000001B3;
        return hash;
    }
}
