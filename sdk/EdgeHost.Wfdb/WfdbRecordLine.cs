using System.Globalization;

namespace EdgeHost.Wfdb;

/// <summary>The first line of a header (header(5) of the WFDB Applications Guide).</summary>
/// <param name="Name">The record's name.</param>
/// <param name="Segments">How many segments it has, or null for an ordinary record.</param>
/// <param name="Signals">How many signals.</param>
/// <param name="RateHz">Samples a second of every signal.</param>
/// <param name="Samples">Samples of each signal, or null where the line does not say.</param>
/// <param name="Start">When the record starts, or null where the line has no date.</param>
internal sealed record WfdbRecordLine(string Name, int? Segments, int Signals, double RateHz, long? Samples, DateTime? Start)
{
    private const double DefaultRate = 250;
    private const double MostRate = 100_000;

    private static readonly string[] Dates = ["dd/MM/yyyy", "d/M/yyyy"];
    private static readonly string[] Times = [@"h\:m\:s", @"h\:m\:s\.FFF", @"m\:s", @"m\:s\.FFF"];

    /// <summary>The lines of a header that say something, without comments.</summary>
    /// <exception cref="EdgeHostException"><see cref="ErrorCode.InvalidArgument"/>: the header is too long, or empty.</exception>
    public static IReadOnlyList<string> LinesOf(string text, int mostCharacters)
    {
        ArgumentNullException.ThrowIfNull(text);
        Require.That(text.Length <= mostCharacters, $"The header has {text.Length} characters; {mostCharacters} are read.");
        List<string> lines = [.. text.Split('\n').Select(static line => line.Trim()).Where(static line => line.Length > 0 && line[0] != '#')];
        Require.That(lines.Count > 0, "The header is empty.");
        return lines;
    }

    /// <summary>Whether a first line is one of a record of several segments.</summary>
    public static bool HasSegments(string line) => WordsOf(line)[0].Contains('/', StringComparison.Ordinal);

    /// <summary>Reads a line.</summary>
    /// <exception cref="EdgeHostException"><see cref="ErrorCode.InvalidArgument"/>: it is none, or says what is not read.</exception>
    public static WfdbRecordLine Parse(string line)
    {
        var words = WordsOf(line);
        Require.That(words.Length >= 2, "The header's first line needs a name and the number of signals.");
        var parts = words[0].Split('/');
        Require.That(parts.Length <= 2, $"The record '{words[0]}' is no name with a number of segments.");
        int? segments = parts.Length == 2 ? (int)Require.Whole(parts[1], 1, WfdbMasterHeader.MostSegments, "The number of segments") : null;
        var signals = (int)Require.Whole(words[1], 0, WfdbHeader.MostSignals, "The number of signals");
        var rate = words.Length > 2 ? Require.Real(words[2].Split('/')[0], "The rate") : DefaultRate;
        Require.That(rate is > 0 and <= MostRate, $"The rate is {rate} Hz; it takes more than 0, to {MostRate}.");
        long? samples = words.Length > 3 && Require.Whole(words[3], 0, long.MaxValue, "The number of samples") is > 0 and var given ? given : null;
        return new WfdbRecordLine(parts[0], segments, signals, rate, samples, StartOf(words));
    }

    /// <summary>The words of a line.</summary>
    public static string[] WordsOf(string line) => line.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries);

    private static DateTime? StartOf(string[] words)
    {
        if (words.Length <= 5) return null;
        var isTime = TimeSpan.TryParseExact(words[4], Times, CultureInfo.InvariantCulture, out var time);
        if (!DateTime.TryParseExact(words[5], Dates, CultureInfo.InvariantCulture, DateTimeStyles.None, out var date)) return null;
        Require.That(isTime, $"The start '{words[4]} {words[5]}' is no time and date.");
        return date + time;
    }
}
