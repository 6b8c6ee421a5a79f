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

    public static RecordedFile Read(string path, string? name, WaveKind? kind)
    {
        var header = WfdbHeader.Parse(File.ReadAllText(path));
        var signal = header.Signals.FirstOrDefault(one => name is null ? KindOf(one, kind) is not null : string.Equals(one.Description, name, StringComparison.OrdinalIgnoreCase))
            ?? throw new UsageException(
                $"The record {header.Name} has no {(name is null ? "ECG or pulse signal by its name; say which with --signal and what with --kind" : $"signal '{name}'")}; it has {string.Join(", ", header.Signals.Select(static one => $"'{one.Description}'"))}.");
        var what = KindOf(signal, kind) ?? throw new UsageException($"The name of the signal '{signal.Description}' does not tell what it is; say it with --kind.");
        if (what == WaveKind.Ecg && !Millivolts.ContainsKey(signal.Unit)) throw new UsageException($"The signal '{signal.Description}' is in {signal.Unit}; an ECG is in {string.Join(", ", Millivolts.Keys)}.");
        var samples = Samples(header, signal, Path.Combine(Path.GetDirectoryName(Path.GetFullPath(path))!, signal.FileName), what == WaveKind.Ecg ? Millivolts[signal.Unit] : 1);
        return new RecordedFile($"{signal.Description} of {header.Name}", what, ReplaySignal.OfRate(samples, header.RateHz), []);
    }

    private static WaveKind? KindOf(WfdbSignal signal, WaveKind? kind) => kind ?? signal.Content switch
    {
        WfdbContent.Ecg => WaveKind.Ecg,
        WfdbContent.Pulse => WaveKind.Ppg,
        _ => null,
    };

    private static float[] Samples(WfdbHeader header, WfdbSignal signal, string path, float factor)
    {
        RecordFileReader.Check(path);
        using var stream = File.OpenRead(path);
        var reader = new WfdbSignalReader(header, signal.FileName, stream);
        var (channels, channel) = (reader.Signals.Count, reader.Signals.ToList().FindIndex(one => ReferenceEquals(one, signal)));
        var frames = new float[FramesOfRead * channels];
        var samples = new List<float>();
        for (var count = reader.Read(frames); count > 0; count = reader.Read(frames))
        {
            for (var i = 0; i < count; i++) samples.Add(frames[(i * channels) + channel] * factor);
        }

        return [.. samples];
    }
}
