using System.Diagnostics;
using EdgeHost.Benchmarks.Transport.Measuring;

namespace EdgeHost.Benchmarks.Transport.Streams;

/// <summary>A client that sends chunks and gets each back, in order. One thread sends, one receives.</summary>
/// <param name="recorder">Takes the time from when a chunk was due until it is back.</param>
internal abstract class ChunkLink(LatencyRecorder recorder) : IAsyncDisposable
{
    // More than may ever be under way: a chunk that is 20 s late is lost.
    private readonly long[] _dueAt = new long[1024];
    private long _sent;
    private long _received;

    /// <summary>Chunks that are not back.</summary>
    public long UnderWay => Volatile.Read(ref _sent) - Volatile.Read(ref _received);

    /// <summary>Sends a chunk.</summary>
    /// <param name="dueAt">When it was due.</param>
    public ValueTask SendAsync(long dueAt)
    {
        _dueAt[_sent % _dueAt.Length] = dueAt;
        Volatile.Write(ref _sent, _sent + 1);
        return PushAsync();
    }

    public abstract ValueTask DisposeAsync();

    /// <summary>Puts a chunk on its way.</summary>
    protected abstract ValueTask PushAsync();

    /// <summary>Called when a chunk is back.</summary>
    protected void OnReceived()
    {
        recorder.Record(_dueAt[_received % _dueAt.Length], Stopwatch.GetTimestamp());
        Volatile.Write(ref _received, _received + 1);
    }
}
