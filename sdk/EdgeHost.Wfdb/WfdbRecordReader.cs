using System.Text;

namespace EdgeHost.Wfdb;

/// <summary>
/// Reads the samples of a whole record, all of its signals side by side, in physical units: of one segment, or of several, which become one stretch in which gaps and signals that a segment does not
/// have are missing samples (NaN). The headers of all segments are read and held against each other first; signal files are open one segment at a time. Not thread-safe.
/// </summary>
public sealed class WfdbRecordReader : IDisposable
{
    /// <summary>Frames that the segments of a record may have together unless the caller says otherwise: a small file may name the same segment, or a gap, many times.</summary>
    public const long DefaultMostFrames = 1_000_000_000;

    private const string HeaderExtension = ".hea";

    private readonly WfdbPlan _plan;
    private readonly Func<string, Stream?> _open;
    private WfdbSegmentReader? _current;
    private int _next;

    private WfdbRecordReader(WfdbPlan plan, Func<string, Stream?> open) => (_plan, _open) = (plan, open);

    /// <summary>
    /// What the record is, as if it were of one segment. Of a record of several, each signal is described by the first segment that has it (<see cref="WfdbSignal.IsNull"/> where none does).
    /// </summary>
    public WfdbHeader Header => _plan.Header;

    /// <summary>How many segments it is read from: a layout, which has no samples, is none.</summary>
    public int Segments => _plan.Segments.Count;

    /// <summary>Opens a record.</summary>
    /// <param name="header">The text of its header.</param>
    /// <param name="open">Opens a file beside the header by its plain name, or gives null where there is none; the reader disposes of what it opens.</param>
    /// <param name="mostFrames">The most frames that a record of several segments, or one of which no file has samples, may have.</param>
    /// <exception cref="EdgeHostException">
    /// <see cref="ErrorCode.InvalidArgument"/>: a header is none, is missing, or does not fit the others (rate, signals, units, length, segments within segments); there are too many frames.
    /// </exception>
    public static WfdbRecordReader Open(string header, Func<string, Stream?> open, long mostFrames = DefaultMostFrames)
    {
        ArgumentNullException.ThrowIfNull(header);
        ArgumentNullException.ThrowIfNull(open);
        ArgumentOutOfRangeException.ThrowIfLessThan(mostFrames, 1);
        var master = WfdbMasterHeader.Find(header);
        var plan = master is null ? WfdbPlan.Of(WfdbHeader.Parse(header)) : WfdbPlan.Of(master, name => HeaderOf(name, open));
        Require.That(
            (master is null && plan.Header.FileNames.Count > 0) || (plan.Header.SampleCount ?? 0) <= mostFrames,
            $"The record has {plan.Header.SampleCount} samples of each signal, gaps among them; at most {mostFrames} are read.");
        return new WfdbRecordReader(plan, open);
    }

    /// <summary>Reads frames until the span is full or a segment ends.</summary>
    /// <param name="frames">Room for whole frames, at least one: the samples of one instant beside each other, in the order of <see cref="Header"/>.</param>
    /// <returns>How many frames were read; 0 at the end of the record.</returns>
    /// <exception cref="EdgeHostException">
    /// <see cref="ErrorCode.InvalidArgument"/>: a signal file is missing; <see cref="ErrorCode.DataLoss"/>: one ends too early, or its samples are not those that the checksum was made of.
    /// </exception>
    public int Read(Span<float> frames)
    {
        var width = Header.Signals.Count;
        if (width == 0) return 0;
        ArgumentOutOfRangeException.ThrowIfLessThan(frames.Length, width, nameof(frames));
        while (_current is not null || _next < _plan.Segments.Count)
        {
            _current ??= Start(_plan.Segments[_next++]);
            if (_current.Read(frames) is > 0 and var count) return count;
            _current.Dispose();
            _current = null;
        }

        return 0;
    }

    /// <summary>Closes the files that are open.</summary>
    public void Dispose() => _current?.Dispose();

    private WfdbSegmentReader Start(WfdbPlan.Segment segment) => new(segment.Header, segment.Frames, segment.Columns, Header.Signals.Count, _open);

    private static WfdbHeader HeaderOf(string name, Func<string, Stream?> open)
    {
        using var stream = open(name + HeaderExtension);
        Require.That(stream is not null, $"The header of the segment '{name}' ({name}{HeaderExtension}) is missing.");
        using var reader = new StreamReader(stream!, Encoding.UTF8);

        // A piece more than is read, so that a longer one is noticed and refused.
        var text = new StringBuilder();
        Span<char> piece = stackalloc char[1024];
        while (text.Length <= WfdbHeader.MostCharacters && reader.Read(piece) is > 0 and var count) text.Append(piece[..count]);
        return WfdbHeader.Parse(text.ToString());
    }
}
