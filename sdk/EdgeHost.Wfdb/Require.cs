using System.Globalization;

namespace EdgeHost.Wfdb;

/// <summary>Refuses what is no record, with messages that say what is accepted.</summary>
internal static class Require
{
    /// <exception cref="EdgeHostException"><see cref="ErrorCode.InvalidArgument"/> with the message.</exception>
    public static void That(bool condition, string message)
    {
        if (!condition) throw new EdgeHostException(ErrorCode.InvalidArgument, message);
    }

    /// <exception cref="EdgeHostException"><see cref="ErrorCode.InvalidArgument"/>: the word is no name of a file beside the header.</exception>
    public static void PlainName(string word, string what)
        => That(word is not ("." or ".." or "-") && word.IndexOfAny(['/', '\\', ':']) < 0, $"The {what} '{word}' is no plain name.");

    /// <exception cref="EdgeHostException"><see cref="ErrorCode.InvalidArgument"/>: the word is no finite number.</exception>
    public static double Real(string word, string name)
    {
        That(double.TryParse(word, NumberStyles.Float, CultureInfo.InvariantCulture, out var value) && double.IsFinite(value), $"{name} is '{word}', which is no number.");
        return value;
    }

    /// <exception cref="EdgeHostException"><see cref="ErrorCode.InvalidArgument"/>: the word is no whole number in the range.</exception>
    public static long Whole(string word, long least, long most, string name)
    {
        That(
            long.TryParse(word, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var value) && value >= least && value <= most,
            $"{name} is '{word}'; it takes a whole number from {least} to {most}.");
        return value;
    }
}
