using System.Buffers;

namespace EdgeHost.Protocol.Frames;

/// <summary>
/// Cuts a byte stream into frames. Small frames share one read buffer and are views of it; as soon as a frame is known not to fit, its
/// final buffer is taken and the rest received straight into that. For one thread.
/// </summary>
internal sealed class FrameReader
{
    /// <summary>Size of the shared read buffer, in bytes.</summary>
    public const int ReadBufferBytes = 32 * 1024;

    /// <summary>What a connection has that was never busy: most of what an idle one takes would be its read buffer.</summary>
    public const int FirstBufferBytes = 4 * 1024;

    private const int DirectReceiveBytes = 4096;
    private const int TailSlackBytes = 1024;

    private readonly FrameScanner _scanner;
    private readonly int _maxFrameBytes;
    private readonly LargeBufferPool? _pool;
    private byte[] _buffer = [];
    private bool _wasFilled;
    private int _start;
    private int _scanned;
    private int _end;
    private byte[]? _large;
    private int _largeLength;
    private bool _isLargeComplete;
    private byte[]? _delivered;
    private ReadOnlyMemory<byte> _frame;

    /// <summary>Creates a reader.</summary>
    /// <param name="maxFrameBytes">Most bytes of a frame.</param>
    /// <param name="maxDepth">Deepest nesting of a frame.</param>
    /// <param name="pool">Where buffers of large frames come from; null for new ones, views of which stay valid for good.</param>
    public FrameReader(int maxFrameBytes, int maxDepth, LargeBufferPool? pool)
    {
        _maxFrameBytes = maxFrameBytes;
        _pool = pool;
        _scanner = new FrameScanner(maxFrameBytes, maxDepth);
    }

    /// <summary>The frame that <see cref="TryNext"/> found last; valid until the next call of a member.</summary>
    public ReadOnlyMemory<byte> Frame => _frame;

    /// <summary>Whether <see cref="Frame"/> may have references into regions; false means that it has none.</summary>
    public bool FrameHasReferences { get; private set; }

    /// <summary>Whether a frame has begun and is not complete.</summary>
    public bool IsMidFrame => _large is not null || _scanner.IsInside;

    /// <summary>The first bytes of the frame that is incomplete or was refused; to find out whose it is.</summary>
    public ReadOnlySpan<byte> Beginning => _large is not null ? _large.AsSpan(0, _largeLength) : _buffer.AsSpan(_start, _end - _start);

    /// <summary>Blocks for more bytes. Call it when <see cref="TryNext"/> found no frame.</summary>
    /// <param name="source">Where they come from.</param>
    /// <returns>How many came; 0 at the end; <see cref="IByteSource.Nothing"/> if nothing did, and it may be called again.</returns>
    /// <exception cref="EdgeHostException"><see cref="ErrorCode.InvalidArgument"/>: not MessagePack, or beyond a limit.</exception>
    public int Receive(IByteSource source)
    {
        ReleaseDelivered();
        if (_large is null)
        {
            if (_buffer.Length == 0) _buffer = ArrayPool<byte>.Shared.Rent(FirstBufferBytes);
            var have = _end - _start;
            var needed = have + _scanner.MinimumRemaining;
            if (needed <= ReadBufferBytes)
            {
                if (_buffer.Length < ReadBufferBytes && (_wasFilled || needed > _buffer.Length)) Grow();
                else if (_start + needed > _buffer.Length) MoveToFront();
                var received = source.Receive(_buffer.AsSpan(_end));
                if (received < 0) return received;
                _end += received;
                _wasFilled = _end == _buffer.Length;
                return received;
            }

            BeginLarge(needed, have);
        }

        return ReceiveLarge(source);
    }

    /// <summary>Finds the next complete frame among the bytes received.</summary>
    /// <returns>Whether there is one; if not, receive more.</returns>
    /// <exception cref="EdgeHostException"><see cref="ErrorCode.InvalidArgument"/>: not MessagePack, or beyond a limit.</exception>
    public bool TryNext()
    {
        ReleaseDelivered();
        if (_large is not null) return TryNextLarge();
        if (_start == _end)
        {
            _start = _scanned = _end = 0;
            return false;
        }

        var complete = _scanner.Consume(_buffer.AsSpan(_scanned, _end - _scanned), out var consumed);
        _scanned += consumed;
        if (!complete) return false;
        _frame = _buffer.AsMemory(_start, _scanned - _start);
        _start = _scanned;
        FrameHasReferences = _scanner.HasReferences;
        _scanner.Reset();
        return true;
    }

    /// <summary>Takes a part of <see cref="Frame"/> out of the reader: a copy of a small frame, the buffer itself of a large one.</summary>
    /// <param name="offset">Where the part begins.</param>
    /// <param name="length">Its length.</param>
    /// <returns>The part; the caller releases it.</returns>
    public FrameBuffer Detach(int offset, int length)
    {
        var part = _frame.Slice(offset, length);
        var array = _delivered;
        if (array is null) return FrameBuffer.Copy(part.Span);
        _delivered = null;
        return new FrameBuffer(array, _pool, part);
    }

    /// <summary>Gives the read buffer back while nothing is in it: nothing may come for long.</summary>
    public void Rest()
    {
        ReleaseDelivered();
        if (!IsMidFrame && _start == _end) ReleaseBuffer();
    }

    /// <summary>Gives all buffers back.</summary>
    public void Release()
    {
        ReleaseDelivered();
        ReturnLarge(_large);
        _large = null;
        ReleaseBuffer();
    }

    private void ReleaseBuffer()
    {
        var buffer = _buffer;
        _buffer = [];
        _wasFilled = false;
        _start = _scanned = _end = 0;
        if (buffer.Length > 0) ArrayPool<byte>.Shared.Return(buffer);
    }

    private int ReceiveLarge(IByteSource source)
    {
        var needed = _scanner.MinimumRemaining;
        EnsureLarge(_largeLength + needed);
        if (needed < DirectReceiveBytes)
        {
            // The tail of a large frame is small: take what is there, the beginning of the next frame included.
            _start = _scanned = 0;
            var tail = source.Receive(_buffer);
            _end = Math.Max(tail, 0);
            return tail;
        }

        var part = _large.AsSpan(_largeLength, needed);
        var received = source.Receive(part);
        if (received < 0) return received;
        _isLargeComplete = _scanner.Consume(part[..received], out _);
        _largeLength += received;
        return received;
    }

    private bool TryNextLarge()
    {
        if (!_isLargeComplete && _start < _end)
        {
            _isLargeComplete = _scanner.Consume(_buffer.AsSpan(_start, _end - _start), out var consumed);
            EnsureLarge(_largeLength + consumed);
            _buffer.AsSpan(_start, consumed).CopyTo(_large.AsSpan(_largeLength));
            _largeLength += consumed;
            _start += consumed;
            _scanned = _start;
        }

        if (!_isLargeComplete) return false;
        _frame = _large.AsMemory(0, _largeLength);
        _delivered = _large;
        _large = null;
        _isLargeComplete = false;
        FrameHasReferences = _scanner.HasReferences;
        _scanner.Reset();
        return true;
    }

    private void BeginLarge(int needed, int have)
    {
        _large = Take(needed);
        _buffer.AsSpan(_start, have).CopyTo(_large);
        _largeLength = have;
        _start = _scanned = _end = 0;
    }

    private void EnsureLarge(int length)
    {
        if (length <= _large!.Length) return;
        var old = _large;
        _large = Take((int)Math.Min(Math.Max(length, 2L * old.Length), _maxFrameBytes));
        old.AsSpan(0, _largeLength).CopyTo(_large);
        ReturnLarge(old);
    }

    private byte[] Take(int length)
    {
        // A little more than known: small fields behind a large one must not cause a second buffer.
        var wanted = length + TailSlackBytes;
        return _pool?.Rent(wanted) ?? GC.AllocateUninitializedArray<byte>(wanted);
    }

    private void Grow()
    {
        var old = _buffer;
        _buffer = ArrayPool<byte>.Shared.Rent(ReadBufferBytes);
        old.AsSpan(_start, _end - _start).CopyTo(_buffer);
        _end -= _start;
        _scanned -= _start;
        _start = 0;
        ArrayPool<byte>.Shared.Return(old);
    }

    private void MoveToFront()
    {
        _buffer.AsSpan(_start, _end - _start).CopyTo(_buffer);
        _end -= _start;
        _scanned -= _start;
        _start = 0;
    }

    private void ReleaseDelivered()
    {
        ReturnLarge(_delivered);
        _delivered = null;
        _frame = default;
    }

    private void ReturnLarge(byte[]? array)
    {
        if (array is not null) _pool?.Return(array);
    }
}
