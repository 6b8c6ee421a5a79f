using System.Diagnostics;

namespace EdgeHost.Benchmarks.Transport.Measuring;

/// <summary>When a slice ends, and where its latencies go. Thread-safe.</summary>
internal sealed class SliceClock
{
    // So that slow calls have a median too.
    private const int LeastCalls = 3;

    private readonly LatencyRecorder _recorder;
    private readonly long _end;

    /// <summary>Starts the slice.</summary>
    public SliceClock(LatencyRecorder recorder, TimeSpan length)
    {
        _recorder = recorder;
        _end = Stopwatch.GetTimestamp() + (long)(length.TotalSeconds * Stopwatch.Frequency);
    }

    /// <summary>Whether calls are to go on at a time.</summary>
    public bool GoesOn(long timestamp) => timestamp < _end || _recorder.Count < LeastCalls;

    public void Record(long startedTimestamp, long endedTimestamp) => _recorder.Record(startedTimestamp, endedTimestamp);
}
