namespace EdgeHost.Protocol.Frames;

/// <summary>
/// Buffers of large frames, last in first out whichever thread returns them: the shared pool would keep one warm for every thread
/// that ever finished a call and give the reading thread a cold one. Keeps a bounded number of bytes. Thread-safe.
/// </summary>
/// <param name="retainedBytes">Bytes that unused buffers may have in all; a larger buffer is never kept.</param>
internal sealed class LargeBufferPool(long retainedBytes)
{
    private const int Granularity = 64 * 1024;

    private readonly Lock _gate = new();
    private readonly List<byte[]> _idle = [];
    private long _idleBytes;
    private long _outstanding;

    /// <summary>Buffers rented and not returned.</summary>
    public long Outstanding => Volatile.Read(ref _outstanding);

    /// <summary>Bytes of unused buffers.</summary>
    public long IdleBytes
    {
        get
        {
            lock (_gate)
            {
                return _idleBytes;
            }
        }
    }

    /// <summary>Gives a buffer of at least this length, with any content.</summary>
    public byte[] Rent(int length)
    {
        Interlocked.Increment(ref _outstanding);
        lock (_gate)
        {
            for (var i = _idle.Count - 1; i >= 0; i--)
            {
                var buffer = _idle[i];
                if (buffer.Length < length || buffer.Length / 2 > length) continue;
                _idle.RemoveAt(i);
                _idleBytes -= buffer.Length;
                return buffer;
            }
        }

        var rounded = Math.Min((length + Granularity - 1L) / Granularity * Granularity, Array.MaxLength);
        return GC.AllocateUninitializedArray<byte>((int)rounded);
    }

    /// <summary>Takes a buffer back; the oldest unused ones make room for it.</summary>
    public void Return(byte[] buffer)
    {
        Interlocked.Decrement(ref _outstanding);
        if (buffer.Length > retainedBytes) return;
        lock (_gate)
        {
            _idle.Add(buffer);
            _idleBytes += buffer.Length;
            while (_idleBytes > retainedBytes)
            {
                _idleBytes -= _idle[0].Length;
                _idle.RemoveAt(0);
            }
        }
    }
}
