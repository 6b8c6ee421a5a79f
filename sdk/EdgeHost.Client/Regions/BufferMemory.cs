using System.Buffers;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace EdgeHost.Client.Regions;

/// <summary>
/// The memory of a <see cref="SharedBuffer"/>: a slot of a region, or an array where there is none. It stays until its owner disposed it and no request
/// uses it. There is no finalizer: a span of a forgotten one may still be in use, and its bytes must not become another request's. Thread-safe.
/// </summary>
internal sealed class BufferMemory : MemoryManager<byte>
{
    private readonly byte[]? _array;
    private readonly RegionSlot _slot;
    private int _holds = 1;
    private int _isDisposed;

    public BufferMemory(RegionSlot slot)
    {
        _slot = slot;
        Slot = slot;
    }

    public BufferMemory(int bytes) => _array = GC.AllocateUninitializedArray<byte>(bytes, pinned: true);

    /// <summary>Its slot; null for an array.</summary>
    public RegionSlot? Slot { get; }

    /// <summary>Its length.</summary>
    public int Length => _array?.Length ?? _slot.Length;

    /// <summary>Whether its owner disposed it.</summary>
    public bool IsDisposed => Volatile.Read(ref _isDisposed) != 0;

    /// <summary>Keeps it for a request; <see cref="Release"/> once.</summary>
    /// <exception cref="ObjectDisposedException">Its owner disposed it.</exception>
    public void Hold()
    {
        ThrowIfDisposed();
        var holds = Volatile.Read(ref _holds);
        while (holds > 0)
        {
            var seen = Interlocked.CompareExchange(ref _holds, holds + 1, holds);
            if (seen == holds) return;
            holds = seen;
        }

        ThrowIfDisposed();
    }

    /// <summary>Ends one hold; the last one gives the memory back.</summary>
    public void Release()
    {
        if (Interlocked.Decrement(ref _holds) > 0) return;
        if (Slot is { } slot) slot.Region.Give(slot);
    }

    /// <summary>Ends the owner's hold; a second call does nothing.</summary>
    public void Close()
    {
        if (Interlocked.Exchange(ref _isDisposed, 1) == 0) Release();
    }

    /// <inheritdoc/>
    public override Span<byte> GetSpan()
    {
        // A request that is still under way may read what its owner disposed.
        if (Volatile.Read(ref _holds) <= 0) ThrowIfDisposed();
        return _array ?? _slot.Span;
    }

    /// <inheritdoc/>
    public override unsafe MemoryHandle Pin(int elementIndex = 0)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(elementIndex);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(elementIndex, Length);
        while (true)
        {
            var holds = Volatile.Read(ref _holds);
            ObjectDisposedException.ThrowIf(holds <= 0, typeof(SharedBuffer));
            if (Interlocked.CompareExchange(ref _holds, holds + 1, holds) == holds) break;
        }

        return new MemoryHandle((byte*)Unsafe.AsPointer(ref MemoryMarshal.GetReference(GetSpan())) + elementIndex, default, this);
    }

    /// <inheritdoc/>
    public override void Unpin() => Release();

    /// <inheritdoc/>
    protected override bool TryGetArray(out ArraySegment<byte> segment)
    {
        segment = _array ?? default(ArraySegment<byte>);
        return _array is not null;
    }

    /// <inheritdoc/>
    protected override void Dispose(bool disposing) => Close();

    private void ThrowIfDisposed() => ObjectDisposedException.ThrowIf(IsDisposed, typeof(SharedBuffer));
}
