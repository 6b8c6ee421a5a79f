using System.Buffers;

namespace EdgeHost.Protocol.Frames;

/// <summary>Bytes of a frame that outlive the read, with one owner who calls <see cref="Release"/> once. Not thread-safe.</summary>
internal struct FrameBuffer
{
    private byte[]? _array;
    private readonly bool _isPooled;

    /// <summary>Takes over an array.</summary>
    /// <param name="array">The array.</param>
    /// <param name="isPooled">Whether it came from the shared pool and goes back there.</param>
    /// <param name="memory">The part of it that counts.</param>
    public FrameBuffer(byte[] array, bool isPooled, ReadOnlyMemory<byte> memory)
    {
        _array = array;
        _isPooled = isPooled;
        Memory = memory;
    }

    /// <summary>The bytes, until released.</summary>
    public ReadOnlyMemory<byte> Memory { get; private set; }

    /// <summary>Copies bytes to a pooled array.</summary>
    public static FrameBuffer Copy(ReadOnlySpan<byte> bytes)
    {
        if (bytes.IsEmpty) return default;
        var array = ArrayPool<byte>.Shared.Rent(bytes.Length);
        bytes.CopyTo(array);
        return new FrameBuffer(array, isPooled: true, array.AsMemory(0, bytes.Length));
    }

    /// <summary>Gives the memory back; a second call does nothing.</summary>
    public void Release()
    {
        var array = _array;
        _array = null;
        Memory = default;
        if (array is not null && _isPooled) ArrayPool<byte>.Shared.Return(array);
    }
}
