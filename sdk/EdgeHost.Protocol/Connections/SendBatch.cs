using EdgeHost.Protocol.Frames;

namespace EdgeHost.Protocol.Connections;

/// <summary>The frames that one send carries: small ones side by side in one block, large ones as they are. For one thread at a time.</summary>
internal sealed class SendBatch
{
    private const int StagingBytes = 8 * 1024;
    private const int SmallBytes = 1024;
    private const long EnoughBytes = 256 * 1024;

    private readonly ReadOnlyMemory<byte>[] _pieces = new ReadOnlyMemory<byte>[SocketSender.MaxPieces];
    private readonly List<FrameWriter> _frames = [];
    private byte[]? _staging;
    private int _staged;
    private int _count;
    private int _next;
    private FrameWriter? _partial;
    private int _partialSegment;

    /// <summary>What is still to be sent.</summary>
    public ReadOnlySpan<ReadOnlyMemory<byte>> Remaining => _pieces.AsSpan(_next, _count - _next);

    /// <summary>Frames that are sent as a whole once nothing remains.</summary>
    public List<FrameWriter> Frames => _frames;

    /// <summary>Whether nothing remains and a frame is only partly taken in, so that the next fill continues it.</summary>
    public bool HasPartial => _partial is not null;

    /// <summary>Takes frames in until the batch is full or the queue empty. Call when nothing remains.</summary>
    /// <param name="queue">The frames that wait.</param>
    public void Fill(Queue<FrameWriter> queue)
    {
        _count = _next = _staged = 0;
        long bytes = 0;
        var coalesce = queue.Count + (_partial is null ? 0 : 1) > 1;
        while (_count < _pieces.Length && bytes < EnoughBytes)
        {
            if (_partial is null)
            {
                if (!queue.TryDequeue(out _partial)) return;
                _partialSegment = 0;
            }

            var segments = _partial.Segments;
            while (_partialSegment < segments.Count && _count < _pieces.Length)
            {
                var segment = segments[_partialSegment++];
                bytes += segment.Length;
                Add(segment, coalesce);
            }

            if (_partialSegment < segments.Count) return;
            _frames.Add(_partial);
            _partial = null;
        }
    }

    /// <summary>Says that bytes were sent.</summary>
    public void Advance(int sent)
    {
        while (sent > 0)
        {
            ref var piece = ref _pieces[_next];
            if (sent < piece.Length)
            {
                piece = piece[sent..];
                return;
            }

            sent -= piece.Length;
            piece = default;
            _next++;
        }
    }

    /// <summary>Takes the frames out that will never be sent.</summary>
    public void Abandon(List<FrameWriter> frames)
    {
        frames.AddRange(_frames);
        _frames.Clear();
        if (_partial is not null) frames.Add(_partial);
        _partial = null;
        _pieces.AsSpan().Clear();
        _count = _next = 0;
    }

    private void Add(ReadOnlyMemory<byte> segment, bool coalesce)
    {
        if (!coalesce || segment.Length > SmallBytes || _staged + segment.Length > StagingBytes)
        {
            _pieces[_count++] = segment;
            return;
        }

        _staging ??= new byte[StagingBytes];
        segment.CopyTo(_staging.AsMemory(_staged));
        var begin = _staged;
        _staged += segment.Length;
        if (_count > 0 && System.Runtime.InteropServices.MemoryMarshal.TryGetArray(_pieces[_count - 1], out var last)
            && ReferenceEquals(last.Array, _staging))
        {
            _pieces[_count - 1] = _staging.AsMemory(last.Offset, _staged - last.Offset);
            return;
        }

        _pieces[_count++] = _staging.AsMemory(begin, segment.Length);
    }
}
