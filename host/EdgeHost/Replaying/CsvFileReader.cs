using System.Globalization;
using EdgeHost.Capabilities.Health;
using EdgeHost.Client.Health.Replay;
using EdgeHost.Host.Cli;
using Microsoft.VisualBasic.FileIO;

namespace EdgeHost.Host.Replaying;

/// <summary>
/// Reads CSV with a header: readings (<c>type,value,unit,time</c> and perhaps <c>source</c>, as <c>health.import</c> takes them), or a signal (<c>time</c> in milliseconds and a
/// column for each channel).
/// </summary>
internal static class CsvFileReader
{
    private const int MostChannels = 4;

    public static RecordedFile Read(string path, string? signal, WaveKind? kind)
    {
        using var parser = new TextFieldParser(path) { TextFieldType = FieldType.Delimited, Delimiters = [","], HasFieldsEnclosedInQuotes = true };
        var names = Fields(parser)?.Select(static name => name.ToLowerInvariant()).ToList() ?? throw new UsageException($"The file {path} is empty.");
        if (names.IndexOf("time") is not (>= 0 and var time)) throw new UsageException($"The header of {path} has no 'time'.");
        return names.Contains("value") && names.Contains("type") ? Readings(parser, path, names, time) : Signal(parser, path, names, time, signal?.ToLowerInvariant(), kind ?? WaveKind.Ppg);
    }

    private static RecordedFile Readings(TextFieldParser parser, string path, List<string> names, int time)
    {
        var (type, value, unit, source) = (names.IndexOf("type"), names.IndexOf("value"), names.IndexOf("unit"), names.IndexOf("source"));
        if (unit < 0) throw new UsageException($"The header of {path} has no 'unit'.");
        var samples = new List<HealthSample>();
        while (Line(parser, names.Count) is { } fields)
        {
            samples.Add(new HealthSample
            {
                Type = fields[type],
                Value = Number(fields[value], parser),
                Unit = fields[unit],
                Time = Time(fields[time], parser),
                Source = source < 0 || fields[source].Length == 0 ? null : fields[source],
            });
        }

        return new RecordedFile($"{samples.Count} readings of {Path.GetFileName(path)}", default, null, samples);
    }

    private static RecordedFile Signal(TextFieldParser parser, string path, List<string> names, int time, string? signal, WaveKind kind)
    {
        List<int> columns = [.. Enumerable.Range(0, names.Count).Where(i => i != time && (signal is null || names[i] == signal))];
        if (columns.Count is 0 or > MostChannels || (kind == WaveKind.Ecg && columns.Count > 1))
            throw new UsageException($"The file {path} has the columns {string.Join(", ", names)}; choose one with --signal, or leave 1 to {MostChannels} of a pulse signal beside 'time'.");
        var (samples, times) = (new List<float>(), new List<double>());
        while (Line(parser, names.Count) is { } fields)
        {
            times.Add(Number(fields[time], parser));
            foreach (var column in columns) samples.Add(fields[column].Length == 0 ? float.NaN : (float)Number(fields[column], parser));
        }

        if (times.Count < 2 || times[^1] <= times[0]) throw new UsageException($"The file {path} has no two frames one after the other.");
        var name = $"{string.Join(", ", columns.Select(i => names[i]))} of {Path.GetFileName(path)}";

        // An ECG has an even rate; its times are as good as they are written.
        var replay = kind == WaveKind.Ecg
            ? ReplaySignal.OfRate(samples.ToArray(), Math.Round((times.Count - 1) * 1000 / (times[^1] - times[0]), 3))
            : ReplaySignal.OfTimes(samples.ToArray(), times, columns.Count);
        return new RecordedFile(name, kind, replay, []);
    }

    private static string[]? Line(TextFieldParser parser, int count)
    {
        if (Fields(parser) is not { } fields) return null;
        return fields.Length == count ? fields : throw new UsageException($"Line {parser.LineNumber - 1} has {fields.Length} fields; the header has {count}.");
    }

    private static string[]? Fields(TextFieldParser parser)
    {
        try
        {
            return parser.ReadFields();
        }
        catch (MalformedLineException e)
        {
            throw new UsageException($"Line {parser.ErrorLineNumber} is no CSV: {e.Message}");
        }
    }

    private static double Number(string field, TextFieldParser parser)
        => double.TryParse(field, NumberStyles.Float, CultureInfo.InvariantCulture, out var value) && double.IsFinite(value)
            ? value
            : throw new UsageException($"Line {parser.LineNumber - 1}: '{field}' is no number.");

    // Without an offset nobody knows when it was; the host says the same of what it imports.
    private static long Time(string field, TextFieldParser parser)
    {
        if (long.TryParse(field, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var milliseconds)) return milliseconds;
        return field.Length > 10 && (field.EndsWith('Z') || field.LastIndexOfAny(['+', '-']) > 10) && DateTimeOffset.TryParse(field, CultureInfo.InvariantCulture, DateTimeStyles.None, out var time)
            ? time.ToUnixTimeMilliseconds()
            : throw new UsageException($"Line {parser.LineNumber - 1}: '{field}' is no time; give ISO 8601 with an offset, or milliseconds since 1970.");
    }
}
