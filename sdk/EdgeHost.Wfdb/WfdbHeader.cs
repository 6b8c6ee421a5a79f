using System.Globalization;
using System.Text.RegularExpressions;

namespace EdgeHost.Wfdb;

/// <summary>
/// The header of a record (<c>.hea</c>, header(5) of the WFDB Applications Guide): of one segment, each signal with one sample a frame.
/// </summary>
/// <param name="Name">The record's name.</param>
/// <param name="RateHz">Samples a second of every signal; 250 where the header says none, as the format defines.</param>
/// <param name="SampleCount">Samples of each signal, or null where the header does not say.</param>
/// <param name="Start">
/// When the record starts, by a clock whose time zone the format does not have, or null where the header has no date: <see cref="DateTimeKind.Unspecified"/>.
/// </param>
/// <param name="Signals">The signals in the order of their samples.</param>
public sealed partial record WfdbHeader(string Name, double RateHz, long? SampleCount, DateTime? Start, IReadOnlyList<WfdbSignal> Signals)
{
    /// <summary>The longest header that is read, in characters.</summary>
    public const int MostCharacters = 64 * 1024;

    /// <summary>The most signals a record may have.</summary>
    public const int MostSignals = 64;

    private const double DefaultRate = 250;
    private const double DefaultGain = 200;
    private const int MostByteOffset = 1_000_000;

    // Beyond these a sample of 32 bits would no longer be a finite number, or all of them the same.
    private const double LeastGain = 1e-12;
    private const double MostGain = 1e12;

    private static readonly string[] Dates = ["dd/MM/yyyy", "d/M/yyyy"];
    private static readonly string[] Times = [@"h\:m\:s", @"h\:m\:s\.FFF", @"m\:s", @"m\:s\.FFF"];

    /// <summary>The names of the signal files, each once.</summary>
    public IReadOnlyList<string> FileNames => [.. Signals.Select(static signal => signal.FileName).Distinct(StringComparer.Ordinal)];

    /// <summary>Reads a header.</summary>
    /// <exception cref="EdgeHostException"><see cref="ErrorCode.InvalidArgument"/>: it is none, or of a kind that is not read.</exception>
    public static WfdbHeader Parse(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        Require.That(text.Length <= MostCharacters, $"The header has {text.Length} characters; {MostCharacters} are read.");
        var lines = text.Split('\n').Select(line => line.Trim()).Where(line => line.Length > 0 && line[0] != '#').ToList();
        Require.That(lines.Count > 0, "The header is empty.");
        var record = Words(lines[0]);
        Require.That(record.Length >= 2, "The header's first line needs a name and the number of signals.");
        Require.That(!record[0].Contains('/'), "Records of several segments are not read; give a segment's own header.");
        var count = (int)Require.Whole(record[1], 0, MostSignals, "The number of signals");
        var rate = record.Length > 2 ? Require.Real(record[2].Split('/')[0], "The rate") : DefaultRate;
        Require.That(rate is > 0 and <= 100_000, $"The rate is {rate} Hz; it takes more than 0, to 100000.");
        long? samples = record.Length > 3 && Require.Whole(record[3], 0, long.MaxValue, "The number of samples") is > 0 and var given ? given : null;
        Require.That(lines.Count > count, $"The header says {count} signals and describes {lines.Count - 1}.");
        return new WfdbHeader(record[0], rate, samples, ParseStart(record), [.. lines.Skip(1).Take(count).Select(ParseSignal)]);
    }

    private static DateTime? ParseStart(string[] record)
    {
        if (record.Length <= 5) return null;
        var isTime = TimeSpan.TryParseExact(record[4], Times, CultureInfo.InvariantCulture, out var time);
        if (!DateTime.TryParseExact(record[5], Dates, CultureInfo.InvariantCulture, DateTimeStyles.None, out var date)) return null;
        Require.That(isTime, $"The start '{record[4]} {record[5]}' is no time and date.");
        return date + time;
    }

    private static WfdbSignal ParseSignal(string line)
    {
        var words = Words(line);
        Require.That(words.Length >= 2, $"The line '{line}' needs a file and a format.");
        Require.That(words[0] is not ("." or ".." or "-" or "~") && words[0].IndexOfAny(['/', '\\', ':']) < 0, $"The signal file '{words[0]}' is no plain file name.");
        var (format, offset) = ParseFormat(words[1]);
        var gain = words.Length > 2 ? GainPattern().Match(words[2]) : Match.Empty;
        Require.That(words.Length <= 2 || gain.Success, $"The gain '{(words.Length > 2 ? words[2] : "")}' is not understood.");
        var zero = words.Length > 4 ? (int)Require.Whole(words[4], int.MinValue, int.MaxValue, "The converter's zero") : 0;
        var perUnit = gain.Success ? Require.Real(gain.Groups["gain"].Value, "The gain") : 0;
        Require.That(perUnit == 0 || Math.Abs(perUnit) is >= LeastGain and <= MostGain, $"The gain is '{words.ElementAtOrDefault(2)}'; it takes {LeastGain} to {MostGain} converter units for a physical one.");
        return new WfdbSignal(
            words[0],
            format,
            offset,
            perUnit == 0 ? DefaultGain : perUnit,
            gain.Success && gain.Groups["baseline"].Success ? (int)Require.Whole(gain.Groups["baseline"].Value, int.MinValue, int.MaxValue, "The baseline") : zero,
            gain.Success && gain.Groups["unit"].Success ? gain.Groups["unit"].Value : "mV",
            words.Length > 6 ? (short)Require.Whole(words[6], short.MinValue, ushort.MaxValue, "The checksum") : null,
            string.Join(' ', words.Skip(8)));
    }

    private static (WfdbFormat Format, int ByteOffset) ParseFormat(string word)
    {
        var format = FormatPattern().Match(word);
        Require.That(
            format.Success && Enum.TryParse(format.Groups["format"].Value, out WfdbFormat known) && Enum.IsDefined(known),
            $"Signals of format '{word}' are not read; {string.Join(", ", Enum.GetValues<WfdbFormat>().Select(static one => (int)one))} are, with one sample a frame and without skew.");
        var offset = format.Groups["offset"].Success ? (int)Require.Whole(format.Groups["offset"].Value, 0, MostByteOffset, "The byte offset") : 0;
        return (Enum.Parse<WfdbFormat>(format.Groups["format"].Value), offset);
    }

    private static string[] Words(string line) => line.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries);

    [GeneratedRegex(@"^(?<gain>[-+0-9.eE]+)(\((?<baseline>-?[0-9]+)\))?(/(?<unit>\S+))?$", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex GainPattern();

    [GeneratedRegex(@"^(?<format>[0-9]{1,3})(x1)?(:0)?(\+(?<offset>[0-9]{1,9}))?$", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex FormatPattern();
}
