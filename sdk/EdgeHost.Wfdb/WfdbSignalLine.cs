using System.Text.RegularExpressions;

namespace EdgeHost.Wfdb;

/// <summary>The line of a signal in a header (header(5) of the WFDB Applications Guide).</summary>
internal static partial class WfdbSignalLine
{
    private const double DefaultGain = 200;
    private const int MostByteOffset = 1_000_000;

    // Beyond these a sample of 32 bits would no longer be a finite number, or all of them the same.
    private const double LeastGain = 1e-12;
    private const double MostGain = 1e12;

    /// <summary>Reads a line.</summary>
    /// <exception cref="EdgeHostException"><see cref="ErrorCode.InvalidArgument"/>: it is none, or says what is not read.</exception>
    public static WfdbSignal Parse(string line)
    {
        var words = WfdbRecordLine.WordsOf(line);
        Require.That(words.Length >= 2, $"The line '{line}' needs a file and a format.");
        var (format, offset) = words[0] == WfdbSegment.Null ? (WfdbFormat.Null, 0) : FormatOf(words[1]);
        if (format != WfdbFormat.Null) Require.PlainName(words[0], "signal file");
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

    private static (WfdbFormat Format, int ByteOffset) FormatOf(string word)
    {
        var format = FormatPattern().Match(word);
        Require.That(
            format.Success && Enum.TryParse(format.Groups["format"].Value, out WfdbFormat known) && Enum.IsDefined(known) && known != WfdbFormat.Null,
            $"Signals of format '{word}' are not read; {string.Join(", ", Enum.GetValues<WfdbFormat>().Where(static one => one != WfdbFormat.Null).Select(static one => (int)one))} are, with one sample a frame and without skew.");
        var offset = format.Groups["offset"].Success ? (int)Require.Whole(format.Groups["offset"].Value, 0, MostByteOffset, "The byte offset") : 0;
        return (Enum.Parse<WfdbFormat>(format.Groups["format"].Value), offset);
    }

    [GeneratedRegex(@"^(?<gain>[-+0-9.eE]+)(\((?<baseline>-?[0-9]+)\))?(/(?<unit>\S+))?$", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex GainPattern();

    [GeneratedRegex(@"^(?<format>[0-9]{1,3})(x1)?(:0)?(\+(?<offset>[0-9]{1,9}))?$", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex FormatPattern();
}
