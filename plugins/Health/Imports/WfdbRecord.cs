using EdgeHost.Capabilities.Health;
using EdgeHost.Plugins.Health.Recordings;
using EdgeHost.Plugins.Health.Signals.Units;
using EdgeHost.Wfdb;

namespace EdgeHost.Plugins.Health.Imports;

/// <summary>The ECG and pulse signals of a WFDB record, as waves.</summary>
internal sealed class WfdbRecord : IWaveRecord
{
    private const int MostNameCharacters = 64;

    private readonly WfdbFiles _files;
    private readonly List<WfdbSignal> _signals = [];
    private readonly List<float> _factors = [];
    private readonly List<WaveInfo> _waves = [];

    /// <param name="files">The record's files.</param>
    /// <param name="request">What the app says of the record.</param>
    /// <param name="latest">The latest start that can be, in milliseconds since 1970 (UTC).</param>
    /// <exception cref="EdgeHostException"><see cref="ErrorCode.InvalidArgument"/>: nobody knows when it starts, it starts in the future, or it has no signal that is kept.</exception>
    public WfdbRecord(WfdbFiles files, ImportHealthRequest request, long latest)
    {
        _files = files;
        var time = StartOf(files.Header, request);
        if (time > latest) throw Invalid("it starts in the future");
        if (time < Samples.SampleReader.Earliest) throw Invalid("it starts more than a hundred years ago");
        var names = new HashSet<string>(StringComparer.Ordinal);
        foreach (var signal in files.Header.Signals)
        {
            if (KindOf(signal, request.Wave) is not { } kind) continue;
            var name = signal.Description.Length == 0 ? "signal" : signal.Description[..Math.Min(signal.Description.Length, MostNameCharacters)];
            var unique = name;
            for (var i = 2; !names.Add(unique); i++) unique = $"{name} {i}";
            _signals.Add(signal);
            _factors.Add(kind == WaveKind.Ecg ? (float)UnitTable.ToKept(HealthQuantity.Voltage, 1, signal.Unit) : 1);
            var unit = kind == WaveKind.Ecg ? UnitTable.UnitOf(HealthQuantity.Voltage) : signal.Unit;
            _waves.Add(new WaveInfo(kind, time, request.UtcOffsetMinutes, files.Header.RateHz, unit, unique, request.Source ?? files.Header.Name, files.Annotations));
        }

        if (_waves.Count == 0)
        {
            throw Invalid(
                $"none of its signals ({string.Join(", ", files.Header.Signals.Select(static signal => $"'{signal.Description}' in {signal.Unit}"))}) is an ECG in volts or a pulse signal by its name; 'wave' says what they are");
        }
    }

    /// <inheritdoc/>
    public IReadOnlyList<WaveInfo> Waves => _waves;

    /// <summary>Signals that are not kept.</summary>
    public int Skipped => _files.Header.Signals.Count - _waves.Count;

    /// <inheritdoc/>
    public IEnumerable<WaveBlock> Read(int blockSamples)
    {
        foreach (var (name, bytes) in _files.Signals)
        {
            using var stream = new MemoryStream(bytes, writable: false);
            var reader = new WfdbSignalReader(_files.Header, name, stream);
            var waves = reader.Signals.Select(signal => _signals.FindIndex(kept => ReferenceEquals(kept, signal))).ToArray();
            var (frames, block) = (new float[blockSamples * waves.Length], new float[blockSamples]);
            while (Fill(reader, frames) is > 0 and var count)
            {
                for (var i = 0; i < waves.Length; i++)
                {
                    if (waves[i] < 0) continue;
                    for (var at = 0; at < count; at++) block[at] = frames[(at * waves.Length) + i] * _factors[waves[i]];
                    yield return new WaveBlock(waves[i], block.AsMemory(0, count));
                }
            }
        }
    }

    private static WaveKind? KindOf(WfdbSignal signal, WaveKind? otherwise)
    {
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
    private static int Fill(WfdbSignalReader reader, Span<float> frames)
    {
        var (channels, count) = (reader.Signals.Count, 0);
        while (count * channels < frames.Length && reader.Read(frames[(count * channels)..]) is > 0 and var read) count += read;
        return count;
    }

    private static long StartOf(WfdbHeader header, ImportHealthRequest request)
    {
        if (request.Time is { } time) return time;
        if (header.Start is not { } start) throw Invalid("its header does not say when it starts; give 'time', in milliseconds since 1970");
        if (request.UtcOffsetMinutes is not { } offset) throw Invalid("its header says when it starts and not in which time zone; give 'utc_offset_minutes', or 'time'");
        return new DateTimeOffset(DateTime.SpecifyKind(start, DateTimeKind.Utc)).ToUnixTimeMilliseconds() - (offset * 60_000L);
    }

    private static EdgeHostException Invalid(string problem) => new(ErrorCode.InvalidArgument, $"The WFDB record cannot be kept: {problem}.");
}
