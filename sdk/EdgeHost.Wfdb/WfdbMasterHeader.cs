namespace EdgeHost.Wfdb;

/// <summary>The header of a record of several segments (header(5) of the WFDB Applications Guide), each an ordinary record of its own or a gap.</summary>
/// <param name="Name">The record's name.</param>
/// <param name="SignalCount">How many signals it has.</param>
/// <param name="RateHz">Samples a second of every signal.</param>
/// <param name="SampleCount">Samples of each signal: those of all segments together.</param>
/// <param name="Start">When the record starts, as <see cref="WfdbHeader.Start"/>.</param>
/// <param name="Segments">The segments in their order.</param>
public sealed record WfdbMasterHeader(string Name, int SignalCount, double RateHz, long SampleCount, DateTime? Start, IReadOnlyList<WfdbSegment> Segments)
{
    /// <summary>The longest header that is read, in characters.</summary>
    public const int MostCharacters = 1024 * 1024;

    /// <summary>The most segments a record may have.</summary>
    public const int MostSegments = 10_000;

    // So many of them that their sum is a number still.
    private const long MostSegmentSamples = long.MaxValue / (2 * MostSegments);

    /// <summary>Whether the arrangement of signals varies: the first segment is a layout without samples, and each other one has some of its signals, known by their descriptions.</summary>
    public bool HasLayout => Segments[0].SampleCount == 0;

    /// <summary>Reads a header.</summary>
    /// <returns>Null where it is one of a single segment, or none.</returns>
    /// <exception cref="EdgeHostException"><see cref="ErrorCode.InvalidArgument"/>: it is one of several segments and cannot be read.</exception>
    public static WfdbMasterHeader? Find(string text)
    {
        var lines = WfdbRecordLine.LinesOf(text, MostCharacters);
        if (!WfdbRecordLine.HasSegments(lines[0])) return null;
        var record = WfdbRecordLine.Parse(lines[0]);
        var count = record.Segments!.Value;
        Require.That(lines.Count > count, $"The header says {count} segments and names {lines.Count - 1}.");
        List<WfdbSegment> segments = [.. lines.Skip(1).Take(count).Select(static (line, i) => SegmentOf(line, isFirst: i == 0))];
        var samples = segments.Sum(static segment => segment.SampleCount);
        Require.That(samples > 0, "The header's segments have no samples.");
        Require.That(record.Samples is not { } said || said == samples, $"The header says {record.Samples} samples; its segments have {samples}.");
        return new WfdbMasterHeader(record.Name, record.Signals, record.RateHz, samples, record.Start, segments);
    }

    private static WfdbSegment SegmentOf(string line, bool isFirst)
    {
        var words = WfdbRecordLine.WordsOf(line);
        Require.That(words.Length >= 2, $"The line '{line}' needs the name of a segment and its number of samples.");
        if (words[0] != WfdbSegment.Null) Require.PlainName(words[0], "segment");
        var segment = new WfdbSegment(words[0], Require.Whole(words[1], 0, MostSegmentSamples, "The number of samples of a segment"));
        Require.That(segment.SampleCount > 0 || (isFirst && !segment.IsNull), $"The segment '{segment.Name}' has no samples; only a layout, which comes first, has none.");
        return segment;
    }
}
