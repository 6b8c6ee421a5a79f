using System.Buffers;
using EdgeHost.Serialization;

namespace EdgeHost.Protocol.Frames;

/// <summary>
/// One frame being written: small ones in a buffer of their own, larger ones in pooled segments, large binaries by reference. Given to
/// a connection to send, which recycles it. For one thread at a time.
/// </summary>
internal sealed class FrameWriter : IReferenceBufferWriter
{
    private const int OwnBytes = 512;
    private const int FirstSegmentBytes = 4096;
    private const int LargestSegmentBytes = 1024 * 1024;

    private readonly byte[] _own = new byte[OwnBytes];
    private readonly List<byte[]> _rented = [];
    private readonly List<ReadOnlyMemory<byte>> _segments = [];
    private FrameScanner? _scanner;
    private byte[] _current;
    private int _currentStart;
    private int _currentEnd;
    private int _nextSegmentBytes = FirstSegmentBytes;

    public FrameWriter() => _current = _own;

    /// <inheritdoc/>
    public int ReferenceThresholdBytes => 16 * 1024;

    /// <summary>Bytes written so far.</summary>
    public long Length { get; private set; }

    /// <summary>Completed when the frame was sent, for frames that refer to memory of others; otherwise null.</summary>
    public TaskCompletionSource? Sent { get; private set; }

    /// <summary>Told, under the connection's lock, when the frame takes its place in the queue; null for nobody.</summary>
    public IQueuedFrame? Queued { get; set; }

    /// <summary>Whether the frame was queued without waiting for room; for the connection, under its lock.</summary>
    public bool IsPosted { get; set; }

    /// <summary>Places large binaries in memory that the other side shares; null where there is none.</summary>
    public IBlockSharer? Sharer { get; set; }

    /// <summary>The pieces, once <see cref="Seal"/> was called.</summary>
    public List<ReadOnlyMemory<byte>> Segments => _segments;

    /// <inheritdoc/>
    public void Advance(int count)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(count);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(count, _current.Length - _currentEnd);
        _currentEnd += count;
        Length += count;
    }

    /// <inheritdoc/>
    public Memory<byte> GetMemory(int sizeHint = 0)
    {
        Reserve(sizeHint);
        return _current.AsMemory(_currentEnd);
    }

    /// <inheritdoc/>
    public Span<byte> GetSpan(int sizeHint = 0)
    {
        Reserve(sizeHint);
        return _current.AsSpan(_currentEnd);
    }

    /// <inheritdoc/>
    public void AppendReference(ReadOnlyMemory<byte> block)
    {
        if (block.IsEmpty) return;
        CloseSegment();
        _segments.Add(block);
        Length += block.Length;
        Sent ??= new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
    }

    /// <inheritdoc/>
    public bool TryShare(ReadOnlyMemory<byte> block, out BinaryReference reference)
    {
        reference = default;
        return Sharer is not null && Sharer.TryShare(block, out reference);
    }

    /// <summary>Ends writing: from now on <see cref="Segments"/> is complete.</summary>
    public void Seal() => CloseSegment();

    /// <summary>Whether the frame is exactly one MessagePack value within the limits. Call after <see cref="Seal"/>.</summary>
    /// <param name="maxBytes">Most bytes; the same at every call.</param>
    /// <param name="maxDepth">Deepest nesting; the same at every call.</param>
    /// <exception cref="EdgeHostException"><see cref="ErrorCode.InvalidArgument"/>: not MessagePack, or beyond a limit.</exception>
    public bool IsComplete(int maxBytes, int maxDepth)
    {
        var scanner = _scanner ??= new FrameScanner(maxBytes, maxDepth);
        scanner.Reset();
        long seen = 0;
        foreach (var segment in _segments)
        {
            var complete = scanner.Consume(segment.Span, out var consumed);
            seen += consumed;
            if (complete) return seen == Length;
        }

        return false;
    }

    /// <summary>Forgets everything written and gives pooled memory back.</summary>
    public void Reset()
    {
        foreach (var array in _rented)
        {
            ArrayPool<byte>.Shared.Return(array);
        }

        _rented.Clear();
        _segments.Clear();
        _current = _own;
        _currentStart = _currentEnd = 0;
        _nextSegmentBytes = FirstSegmentBytes;
        Length = 0;
        Queued = null;
        IsPosted = false;
        Sent = null;
        Sharer = null;
    }

    private void Reserve(int sizeHint)
    {
        if (_current.Length - _currentEnd >= Math.Max(sizeHint, 1)) return;
        CloseSegment();
        _current = ArrayPool<byte>.Shared.Rent(Math.Max(sizeHint, _nextSegmentBytes));
        _rented.Add(_current);
        _currentStart = _currentEnd = 0;
        _nextSegmentBytes = Math.Min(_nextSegmentBytes * 4, LargestSegmentBytes);
    }

    private void CloseSegment()
    {
        if (_currentEnd == _currentStart) return;
        _segments.Add(_current.AsMemory(_currentStart, _currentEnd - _currentStart));
        _currentStart = _currentEnd;
    }
}
