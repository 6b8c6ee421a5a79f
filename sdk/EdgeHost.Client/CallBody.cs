using EdgeHost.Protocol.Frames;

namespace EdgeHost.Client;

/// <summary>
/// The body of a response or a stream's item (MessagePack). The receiver owns and disposes it, which gives its memory back to a pool.
/// Disposing twice is harmless. Not thread-safe.
/// </summary>
public sealed class CallBody : IDisposable
{
    private FrameBuffer _buffer;
    private bool _isDisposed;

    internal CallBody(FrameBuffer buffer) => _buffer = buffer;

    /// <summary>The bytes: one MessagePack value, valid until disposal.</summary>
    /// <exception cref="ObjectDisposedException">The body was disposed.</exception>
    public ReadOnlyMemory<byte> Memory
    {
        get
        {
            ObjectDisposedException.ThrowIf(_isDisposed, this);
            return _buffer.Memory;
        }
    }

    /// <summary>Gives the memory back.</summary>
    public void Dispose()
    {
        if (_isDisposed) return;
        _isDisposed = true;
        _buffer.Release();
    }
}
