using System.Buffers;

namespace EdgeHost.Protocol.Regions;

/// <summary>
/// Memory that host and app share, as this side sees it. It stays mapped as long as anybody holds it: its owner until <see cref="Close"/>, calls that use
/// it, and whoever has it pinned. Its contents may change at any time. Thread-safe.
/// </summary>
internal sealed class SharedRegion : MemoryManager<byte>
{
    private readonly MemoryMapping _mapping;
    private readonly Action<SharedRegion>? _released;
    private int _holds = 1;
    private int _isClosed;

    /// <summary>Creates a region, held by its owner.</summary>
    /// <param name="id">Its id, which belongs to no other region of the host.</param>
    /// <param name="bytes">Its size.</param>
    /// <param name="mapping">The memory; owned from now on.</param>
    /// <param name="released">Told once, when the last hold ended and the memory went back; null for nobody.</param>
    public SharedRegion(uint id, int bytes, MemoryMapping mapping, Action<SharedRegion>? released)
    {
        Id = id;
        Bytes = bytes;
        _mapping = mapping;
        _released = released;
    }

    /// <summary>Its id.</summary>
    public uint Id { get; }

    /// <summary>Its size.</summary>
    public int Bytes { get; }

    /// <summary>Holds it once more.</summary>
    /// <returns>Whether it was still there; then <see cref="Release"/> once.</returns>
    public bool TryHold()
    {
        var holds = Volatile.Read(ref _holds);
        while (holds > 0)
        {
            var seen = Interlocked.CompareExchange(ref _holds, holds + 1, holds);
            if (seen == holds) return true;
            holds = seen;
        }

        return false;
    }

    /// <summary>Ends one hold; the last one gives the memory back.</summary>
    public void Release()
    {
        if (Interlocked.Decrement(ref _holds) > 0) return;
        _mapping.Dispose();
        _released?.Invoke(this);
    }

    /// <summary>Ends the owner's hold; a second call does nothing.</summary>
    public void Close()
    {
        if (Interlocked.Exchange(ref _isClosed, 1) == 0) Release();
    }

    /// <inheritdoc/>
    public override unsafe Span<byte> GetSpan()
    {
        ObjectDisposedException.ThrowIf(Volatile.Read(ref _holds) <= 0, this);
        return new Span<byte>((void*)_mapping.Address, Bytes);
    }

    /// <inheritdoc/>
    public override unsafe MemoryHandle Pin(int elementIndex = 0)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(elementIndex);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(elementIndex, Bytes);
        ObjectDisposedException.ThrowIf(!TryHold(), this);
        return new MemoryHandle((byte*)_mapping.Address + elementIndex, default, this);
    }

    /// <inheritdoc/>
    public override void Unpin() => Release();

    /// <inheritdoc/>
    protected override void Dispose(bool disposing) => Close();
}
