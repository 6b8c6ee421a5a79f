using EdgeHost.Capabilities.Health;
using EdgeHost.Plugins.Health.Recordings;
using EdgeHost.Plugins.Health.Signals.Units;
using EdgeHost.Wfdb;

namespace EdgeHost.Plugins.Health.Imports;

/// <summary>The ECG and pulse signals of a WFDB record, as waves: of one segment or several, whose gaps are missing samples. Not thread-safe.</summary>
internal sealed class WfdbRecord : IWaveRecord, IDisposable
{
    private const int MostNameCharacters = 64;
    private const int MostSourceCharacters = 128;

    private readonly WfdbRecordReader _reader;
    private readonly List<int> _columns = [];
    private readonly List<float> _factors = [];
    private readonly List<WaveInfo> _waves = [];

    /// <param name="files">The record's files.</param>
    /// <param name="request">What the app says of the record.</param>
    /// <param name="latest">The latest start that can be, in milliseconds since 1970 (UTC).</param>
    /// <param name="mostSamples">The most samples that a wave of a record of several segments may have, gaps among them.</param>
    /// <exception cref="EdgeHostException"><see cref="ErrorCode.InvalidArgument"/>: its segments do not fit together or are too long, nobody knows when it starts, it starts in the future, or it has no signal that is kept.</exception>
    public WfdbRecord(WfdbFiles files, ImportHealthRequest request, long latest, long mostSamples)
    {
        if (WfdbMasterHeader.Find(files.Header) is { } master && master.SampleCount > mostSamples)
            throw Invalid($"its segments and gaps have {master.SampleCount} samples; at most {mostSamples} are kept of a wave. Send a part of it, or raise the plugin's setting 'health:max_wave_samples'");
        _reader = WfdbRecordReader.Open(files.Header, files.Open, mostSamples);
        var header = _reader.Header;
        var time = StartOf(header, request);
        if (time > latest) throw Invalid("it starts in the future");
        if (time < Samples.SampleReader.Earliest) throw Invalid("it starts more than a hundred years ago");
        var names = new HashSet<string>(StringComparer.Ordinal);
        for (var column = 0; column < header.Signals.Count; column++)
        {
            var signal = header.Signals[column];
            if (KindOf(signal, request.Wave) is not { } kind) continue;
            var name = signal.Description.Length == 0 ? "signal" : Short(signal.Description, MostNameCharacters);
            var unique = name;
            for (var i = 2; !names.Add(unique); i++) unique = $"{name} {i}";
            _columns.Add(column);
            _factors.Add(kind == WaveKind.Ecg ? (float)UnitTable.ToKept(HealthQuantity.Voltage, 1, signal.Unit) : 1);
            var unit = kind == WaveKind.Ecg ? UnitTable.UnitOf(HealthQuantity.Voltage) : signal.Unit;
            _waves.Add(new WaveInfo(kind, time, request.UtcOffsetMinutes, header.RateHz, unit, unique, request.Source ?? Short(header.Name, MostSourceCharacters), files.Annotations));
        }

        if (_waves.Count == 0)
        {
            throw Invalid(
                $"none of its signals ({string.Join(", ", header.Signals.Select(static signal => $"'{signal.Description}' in {signal.Unit}"))}) is an ECG in volts or a pulse signal by its name; 'wave' says what they are");
        }
    }

    /// <inheritdoc/>
    public IReadOnlyList<WaveInfo> Waves => _waves;

    /// <summary>Signals that are not kept.</summary>
    public int Skipped => _reader.Header.Signals.Count - _waves.Count;

    /// <inheritdoc/>
    public IEnumerable<WaveBlock> Read(int blockSamples)
    {
        var width = _reader.Header.Signals.Count;
        var (frames, block) = (new float[blockSamples * width], new float[blockSamples]);
        while (Fill(frames, width) is > 0 and var count)
        {
            for (var wave = 0; wave < _columns.Count; wave++)
            {
                for (var at = 0; at < count; at++) block[at] = frames[(at * width) + _columns[wave]] * _factors[wave];
                yield return new WaveBlock(wave, block.AsMemory(0, count));
            }
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _reader.Dispose();

    // What no file has samples of is nothing to be kept.
    private static WaveKind? KindOf(WfdbSignal signal, WaveKind? otherwise)
    {
        if (signal.IsNull) return null;
        var kind = signal.Content switch
        {
            WfdbContent.Ecg => WaveKind.Ecg,
            WfdbContent.Pulse => WaveKind.Ppg,
            WfdbContent.Other => null,
            _ => otherwise,
        };
        return kind == WaveKind.Ecg && !UnitTable.IsUnitOf(HealthQuantity.Voltage, signal.Unit) ? null : kind;
    }

    // A whole block, but at the end: the reader gives what is there.
    private int Fill(Span<float> frames, int width)
    {
        var count = 0;
        while (count * width < frames.Length && _reader.Read(frames[(count * width)..]) is > 0 and var read) count += read;
        return count;
    }

    private static string Short(string text, int most) => text[..Math.Min(text.Length, most)];

    private static long StartOf(WfdbHeader header, ImportHealthRequest request)
    {
        if (request.Time is { } time) return time;
        if (header.Start is not { } start) throw Invalid("its header does not say when it starts; give 'time', in milliseconds since 1970");
        if (request.UtcOffsetMinutes is not { } offset) throw Invalid("its header says when it starts and not in which time zone; give 'utc_offset_minutes', or 'time'");
        return new DateTimeOffset(DateTime.SpecifyKind(start, DateTimeKind.Utc)).ToUnixTimeMilliseconds() - (offset * 60_000L);
    }

    private static EdgeHostException Invalid(string problem) => new(ErrorCode.InvalidArgument, $"The WFDB record cannot be kept: {problem}.");
}
