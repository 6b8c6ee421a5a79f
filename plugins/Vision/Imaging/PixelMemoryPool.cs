namespace EdgeHost.Plugins.Vision.Imaging;

/// <summary>
/// Native memory for pixels. Keeps a bounded amount for the next call; larger or surplus blocks go back to the system when they are
/// disposed, so a single huge picture leaves nothing behind. Thread-safe.
/// </summary>
internal sealed class PixelMemoryPool(int maxRetainedBytes) : IDisposable
{
    private const int Granularity = 64 * 1024;

    private readonly Lock _gate = new();
    private readonly List<PixelMemory.Block> _retained = [];
    private long _retainedBytes;
    private long _outstandingBytes;
    private int _outstanding;
    private bool _disposed;

    /// <summary>Blocks that are rented and not yet disposed.</summary>
    public int Outstanding => Volatile.Read(ref _outstanding);

    /// <summary>Bytes of those blocks.</summary>
    public long OutstandingBytes => Volatile.Read(ref _outstandingBytes);

    /// <summary>Bytes kept for the next call.</summary>
    public long RetainedBytes => Volatile.Read(ref _retainedBytes);

    /// <summary>Rents memory with undefined content; the caller disposes it.</summary>
    public PixelMemory Rent(int bytes)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(bytes);
        var block = TakeRetained(bytes) ?? PixelMemory.Block.Allocate((((long)bytes - 1) / Granularity + 1) * Granularity);
        Interlocked.Increment(ref _outstanding);
        Interlocked.Add(ref _outstandingBytes, block.Bytes);
        return new PixelMemory(this, block, bytes);
    }

    internal void Return(PixelMemory.Block block)
    {
        Interlocked.Decrement(ref _outstanding);
        Interlocked.Add(ref _outstandingBytes, -block.Bytes);
        lock (_gate)
        {
            if (!_disposed && _retainedBytes + block.Bytes <= maxRetainedBytes)
            {
                _retained.Add(block);
                _retainedBytes += block.Bytes;
                return;
            }
        }

        block.Free();
    }

    public void Dispose()
    {
        lock (_gate)
        {
            _disposed = true;
            foreach (var block in _retained)
            {
                block.Free();
            }

            _retained.Clear();
            _retainedBytes = 0;
        }
    }

    private PixelMemory.Block? TakeRetained(int bytes)
    {
        lock (_gate)
        {
            var best = -1;
            for (var i = 0; i < _retained.Count; i++)
            {
                if (_retained[i].Bytes >= bytes && (best < 0 || _retained[i].Bytes < _retained[best].Bytes)) best = i;
            }

            if (best < 0) return null;
            var block = _retained[best];
            _retained.RemoveAt(best);
            _retainedBytes -= block.Bytes;
            return block;
        }
    }
}
