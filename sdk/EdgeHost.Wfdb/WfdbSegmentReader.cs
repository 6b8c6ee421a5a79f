namespace EdgeHost.Wfdb;

/// <summary>Reads the frames of one segment from its signal files, side by side, into frames of the record. Not thread-safe.</summary>
internal sealed class WfdbSegmentReader : IDisposable
{
    private const int MostFramesAtOnce = 4096;

    private readonly List<Stream> _streams = [];
    private readonly List<(WfdbSignalReader Reader, int[] Columns)> _files = [];
    private readonly int _width;
    private readonly bool _hasGaps;
    private readonly long? _frames;
    private float[] _buffer = [];
    private long _read;
    private bool _isUneven;

    /// <param name="header">The segment's header, or null for a gap.</param>
    /// <param name="frames">Its frames, or null where only the files' ends tell.</param>
    /// <param name="columns">For each of its signals, the place in a frame of the record.</param>
    /// <param name="width">The signals of the record.</param>
    /// <param name="open">Opens a file beside the header; null where there is none.</param>
    /// <exception cref="EdgeHostException"><see cref="ErrorCode.InvalidArgument"/>: a signal file is missing, or has two formats.</exception>
    public WfdbSegmentReader(WfdbHeader? header, long? frames, IReadOnlyList<int> columns, int width, Func<string, Stream?> open)
    {
        (_width, _frames) = (width, frames);
        _hasGaps = header is null || header.Signals.Count(static signal => !signal.IsNull) < width;
        try
        {
            foreach (var name in header?.FileNames ?? [])
            {
                var stream = open(name);
                Require.That(stream is not null, $"The file '{name}' is missing, in which the record '{header!.Name}' has signals.");
                _streams.Add(stream!);
                int[] own = [.. Enumerable.Range(0, header!.Signals.Count).Where(i => header.Signals[i].FileName == name).Select(i => columns[i])];
                _files.Add((new WfdbSignalReader(header with { SampleCount = frames }, name, stream!), own));
            }
        }
        catch
        {
            Dispose();
            throw;
        }
    }

    /// <summary>Reads frames of the record until the span is full or the segment ends; signals that the segment does not have are NaN.</summary>
    /// <returns>How many; 0 at the end, when the checksums have held.</returns>
    /// <exception cref="EdgeHostException"><see cref="ErrorCode.DataLoss"/>: a file ends too early, or is not that of the header.</exception>
    public int Read(Span<float> frames)
    {
        var most = (int)Math.Min(Math.Min(frames.Length / _width, MostFramesAtOnce), (_frames ?? long.MaxValue) - _read);
        if (most == 0 || _isUneven) return End();
        if (_hasGaps) frames[..(most * _width)].Fill(float.NaN);
        var count = _files.Count == 0 ? (_frames is null ? 0 : most) : Fill(frames, most);
        _read += count;
        return count > 0 ? count : End();
    }

    public void Dispose()
    {
        foreach (var stream in _streams) stream.Dispose();
    }

    private int Fill(Span<float> frames, int most)
    {
        var (least, largest) = (most, 0);
        foreach (var (reader, columns) in _files)
        {
            var length = most * columns.Length;
            if (_buffer.Length < length) _buffer = new float[length];
            var count = reader.Read(_buffer.AsSpan(0, length));
            for (var frame = 0; frame < count; frame++)
            {
                for (var i = 0; i < columns.Length; i++) frames[(frame * _width) + columns[i]] = _buffer[(frame * columns.Length) + i];
            }

            (least, largest) = (Math.Min(least, count), Math.Max(largest, count));
        }

        // What all files have is given first; the next call finds the shortest one at its end.
        _isUneven = least < largest;
        return least;
    }

    private int End()
    {
        Span<float> none = stackalloc float[WfdbHeader.MostSignals];
        foreach (var (reader, _) in _files)
        {
            // At its end a file holds its samples against its checksums, or says that there should be more.
            if (!_isUneven || reader.Frames == _read) reader.Read(none);
        }

        return _isUneven ? throw new EdgeHostException(ErrorCode.DataLoss, $"The signal files of the record do not end together: one of them has {_read} frames, another more.") : 0;
    }
}
