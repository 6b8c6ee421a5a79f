using System.Globalization;
using System.Text.RegularExpressions;

namespace EdgeHost.Plugins.Health.Signals.Wfdb;

/// <summary>
/// The header of a record (<c>.hea</c>, header(5) of the WFDB Applications Guide), of one segment, with signals of formats 16 and 212.
/// </summary>
/// <param name="Name">The record's name.</param>
/// <param name="RateHz">Samples a second of every signal; 250 where the header says none, as the format defines.</param>
/// <param name="SampleCount">Samples of each signal, or null where the header does not say.</param>
/// <param name="Signals">The signals in the order of their samples.</param>
public sealed partial record WfdbHeader(string Name, double RateHz, long? SampleCount, IReadOnlyList<WfdbSignal> Signals)
{
    /// <summary>The longest header that is read, in characters.</summary>
    public const int MostCharacters = 64 * 1024;

    /// <summary>The most signals a record may have.</summary>
    public const int MostSignals = 64;

    private const double DefaultRate = 250;
    private const double DefaultGain = 200;

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
        var count = (int)Whole(record[1], 0, MostSignals, "The number of signals");
        var rate = record.Length > 2 ? Real(record[2].Split('/')[0], "The rate") : DefaultRate;
        Require.That(rate is > 0 and <= 100_000, $"The rate is {rate} Hz; it takes more than 0, to 100000.");
        long? samples = record.Length > 3 && Whole(record[3], 0, long.MaxValue, "The number of samples") is > 0 and var given ? given : null;
        Require.That(lines.Count > count, $"The header says {count} signals and describes {lines.Count - 1}.");
        return new WfdbHeader(record[0], rate, samples, [.. lines.Skip(1).Take(count).Select(ParseSignal)]);
    }

    private static WfdbSignal ParseSignal(string line)
    {
        var words = Words(line);
        Require.That(words.Length >= 2, $"The line '{line}' needs a file and a format.");
        Require.That(words[0] is not ("." or ".." or "-" or "~") && words[0].IndexOfAny(['/', '\\', ':']) < 0, $"The signal file '{words[0]}' is no plain file name.");
        Require.That(words[1] is "16" or "212", $"Signals of format {words[1]} are not read; 16 and 212 are, without frames or offsets.");
        var gain = words.Length > 2 ? GainPattern().Match(words[2]) : Match.Empty;
        Require.That(words.Length <= 2 || gain.Success, $"The gain '{(words.Length > 2 ? words[2] : "")}' is not understood.");
        var zero = words.Length > 4 ? (int)Whole(words[4], int.MinValue, int.MaxValue, "The converter's zero") : 0;
        var perUnit = gain.Success ? Real(gain.Groups["gain"].Value, "The gain") : 0;
        return new WfdbSignal(
            words[0],
            words[1] == "16" ? 16 : 212,
            perUnit == 0 ? DefaultGain : perUnit,
            gain.Success && gain.Groups["baseline"].Success ? (int)Whole(gain.Groups["baseline"].Value, int.MinValue, int.MaxValue, "The baseline") : zero,
            gain.Success && gain.Groups["unit"].Success ? gain.Groups["unit"].Value : "mV",
            string.Join(' ', words.Skip(8)));
    }

    private static string[] Words(string line) => line.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries);

    private static double Real(string word, string name)
    {
        Require.That(double.TryParse(word, NumberStyles.Float, CultureInfo.InvariantCulture, out var value) && double.IsFinite(value), $"{name} is '{word}', which is no number.");
        return value;
    }

    private static long Whole(string word, long least, long most, string name)
    {
        Require.That(long.TryParse(word, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var value) && value >= least && value <= most, $"{name} is '{word}'; it takes a whole number from {least} to {most}.");
        return value;
    }

    [GeneratedRegex(@"^(?<gain>[-+0-9.eE]+)(\((?<baseline>-?[0-9]+)\))?(/(?<unit>\S+))?$", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex GainPattern();
}
