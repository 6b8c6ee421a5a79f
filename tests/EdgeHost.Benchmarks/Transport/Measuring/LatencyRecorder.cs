using System.Diagnostics;
using EdgeHost.Benchmarks.Figures;

namespace EdgeHost.Benchmarks.Transport.Measuring;

/// <summary>Latencies of one slice, in memory that is there before it begins, so that measuring allocates nothing. Recording is thread-safe.</summary>
/// <param name="capacity">Most latencies kept; those beyond are counted only.</param>
internal sealed class LatencyRecorder(int capacity)
{
    private readonly long[] _ticks = new long[capacity];
    private int _count;

    /// <summary>Calls recorded, those that were not kept included.</summary>
    public int Count => Volatile.Read(ref _count);

    public void Record(long startedTimestamp, long endedTimestamp)
    {
        var index = Interlocked.Increment(ref _count) - 1;
        if (index < _ticks.Length) _ticks[index] = endedTimestamp - startedTimestamp;
    }

    public void Reset() => Volatile.Write(ref _count, 0);

    /// <summary>Copies what was kept.</summary>
    public Samples ToSamples()
    {
        var samples = new Samples();
        foreach (var ticks in _ticks.AsSpan(0, Math.Min(Count, _ticks.Length))) samples.Add(ticks * 1000.0 / Stopwatch.Frequency);
        return samples;
    }
}
