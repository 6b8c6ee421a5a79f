using System.Buffers;

namespace EdgeHost.Protocol.Frames;

/// <summary>Bytes of a frame that outlive the read, with one owner who calls <see cref="Release"/> once. Not thread-safe.</summary>
internal struct FrameBuffer
{
    private byte[]? _array;
    private readonly LargeBufferPool? _pool;
    private readonly bool _isShared;

    /// <summary>Takes over an array.</summary>
    /// <param name="array">The array.</param>
    /// <param name="pool">Where it goes back; null for nowhere, so that views of it stay valid for good.</param>
    /// <param name="memory">The part of it that counts.</param>
    public FrameBuffer(byte[] array, LargeBufferPool? pool, ReadOnlyMemory<byte> memory)
    {
        _array = array;
        _pool = pool;
        Memory = memory;
    }

    private FrameBuffer(byte[] shared, int length)
    {
        _array = shared;
        _isShared = true;
        Memory = shared.AsMemory(0, length);
    }

    /// <summary>The bytes, until released.</summary>
    public ReadOnlyMemory<byte> Memory { get; private set; }

    /// <summary>Whether others get the memory once it is released.</summary>
    public readonly bool IsPooled => _isShared || _pool is not null;

    /// <summary>Copies bytes to a pooled array.</summary>
    public static FrameBuffer Copy(ReadOnlySpan<byte> bytes)
    {
        if (bytes.IsEmpty) return default;
        var array = ArrayPool<byte>.Shared.Rent(bytes.Length);
        bytes.CopyTo(array);
        return new FrameBuffer(array, bytes.Length);
    }

    /// <summary>Gives the memory back; a second call does nothing.</summary>
    public void Release()
    {
        var array = _array;
        _array = null;
        Memory = default;
        if (array is null) return;
        if (_isShared) ArrayPool<byte>.Shared.Return(array);
        else _pool?.Return(array);
    }
}
