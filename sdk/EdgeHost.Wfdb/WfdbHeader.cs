namespace EdgeHost.Wfdb;

/// <summary>
/// The header of a record (<c>.hea</c>, header(5) of the WFDB Applications Guide): of one segment, each signal with one sample a frame. <see cref="WfdbRecordReader"/> reads records of one segment
/// or several.
/// </summary>
/// <param name="Name">The record's name.</param>
/// <param name="RateHz">Samples a second of every signal; 250 where the header says none, as the format defines.</param>
/// <param name="SampleCount">Samples of each signal, or null where the header does not say.</param>
/// <param name="Start">
/// When the record starts, by a clock whose time zone the format does not have, or null where the header has no date: <see cref="DateTimeKind.Unspecified"/>.
/// </param>
/// <param name="Signals">The signals in the order of their samples.</param>
public sealed record WfdbHeader(string Name, double RateHz, long? SampleCount, DateTime? Start, IReadOnlyList<WfdbSignal> Signals)
{
    /// <summary>The longest header that is read, in characters.</summary>
    public const int MostCharacters = 64 * 1024;

    /// <summary>The most signals a record may have.</summary>
    public const int MostSignals = 64;

    /// <summary>The names of the signal files, each once; null signals have none.</summary>
    public IReadOnlyList<string> FileNames => [.. Signals.Where(static signal => !signal.IsNull).Select(static signal => signal.FileName).Distinct(StringComparer.Ordinal)];

    /// <summary>Reads a header.</summary>
    /// <exception cref="EdgeHostException"><see cref="ErrorCode.InvalidArgument"/>: it is none, of a kind that is not read, or of a record of several segments.</exception>
    public static WfdbHeader Parse(string text)
    {
        var lines = WfdbRecordLine.LinesOf(text, MostCharacters);
        Require.That(!WfdbRecordLine.HasSegments(lines[0]), $"'{WfdbRecordLine.WordsOf(lines[0])[0]}' is a record of several segments, where one of a single segment is needed.");
        var record = WfdbRecordLine.Parse(lines[0]);
        Require.That(lines.Count > record.Signals, $"The header says {record.Signals} signals and describes {lines.Count - 1}.");
        return new WfdbHeader(record.Name, record.RateHz, record.Samples, record.Start, [.. lines.Skip(1).Take(record.Signals).Select(WfdbSignalLine.Parse)]);
    }
}
