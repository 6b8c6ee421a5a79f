using EdgeHost.Capabilities.Health;
using EdgeHost.Client.Health.Replay;
using EdgeHost.Host.Cli;
using EdgeHost.Wfdb;

namespace EdgeHost.Host.Replaying;

/// <summary>Reads one signal of a WFDB record.</summary>
internal static class WfdbFileReader
{
    private const int FramesOfRead = 16_384;

    private static readonly Dictionary<string, float> Millivolts = new(StringComparer.Ordinal) { ["mV"] = 1, ["uV"] = 0.001f, ["V"] = 1000 };

    // Samples that a record of several segments may have: they are in memory as the largest file is.
    private const long MostFrames = RecordFileReader.MostBytes / sizeof(float);

    public static RecordedFile Read(string path, string? name, WaveKind? kind)
    {
        var folder = Path.GetDirectoryName(Path.GetFullPath(path))!;
        using var record = WfdbRecordReader.Open(File.ReadAllText(path), file => Open(Path.Combine(folder, file)), MostFrames);
        var header = record.Header;
        var column = header.Signals.ToList().FindIndex(one => !one.IsNull && (name is null ? KindOf(one, kind) is not null : string.Equals(one.Description, name, StringComparison.OrdinalIgnoreCase)));
        if (column < 0)
        {
            throw new UsageException(
                $"The record {header.Name} has no {(name is null ? "ECG or pulse signal by its name; say which with --signal and what with --kind" : $"signal '{name}'")}; it has {string.Join(", ", header.Signals.Select(static one => $"'{one.Description}'"))}.");
        }

        var signal = header.Signals[column];
        var what = KindOf(signal, kind) ?? throw new UsageException($"The name of the signal '{signal.Description}' does not tell what it is; say it with --kind.");
        if (what == WaveKind.Ecg && !Millivolts.ContainsKey(signal.Unit)) throw new UsageException($"The signal '{signal.Description}' is in {signal.Unit}; an ECG is in {string.Join(", ", Millivolts.Keys)}.");
        var samples = Samples(record, column, what == WaveKind.Ecg ? Millivolts[signal.Unit] : 1);
        return new RecordedFile($"{signal.Description} of {header.Name}", what, ReplaySignal.OfRate(samples, header.RateHz), []);
    }

    private static WaveKind? KindOf(WfdbSignal signal, WaveKind? kind) => kind ?? signal.Content switch
    {
        WfdbContent.Ecg => WaveKind.Ecg,
        WfdbContent.Pulse => WaveKind.Ppg,
        _ => null,
    };

    private static FileStream Open(string path)
    {
        RecordFileReader.Check(path);
        return File.OpenRead(path);
    }

    private static float[] Samples(WfdbRecordReader record, int column, float factor)
    {
        var width = record.Header.Signals.Count;
        var frames = new float[FramesOfRead * width];
        var samples = new List<float>();
        while (record.Read(frames) is > 0 and var count)
        {
            for (var i = 0; i < count; i++) samples.Add(frames[(i * width) + column] * factor);
        }

        return [.. samples];
    }
}
