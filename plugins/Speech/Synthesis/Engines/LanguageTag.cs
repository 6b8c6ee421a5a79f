namespace EdgeHost.Plugins.Speech.Synthesis.Engines;

/// <summary>Tags of languages (BCP 47). No state.</summary>
internal static class LanguageTag
{
    private const int Longest = 35;

    /// <summary>A tag in its canonical letters: <c>EN_us</c> becomes <c>en-US</c>, <c>zh-hant-hk</c> becomes <c>zh-Hant-HK</c>.</summary>
    /// <param name="tag">A tag.</param>
    /// <exception cref="EdgeHostException"><see cref="ErrorCode.InvalidArgument"/>: it cannot be one.</exception>
    public static string Normalize(string tag)
    {
        var parts = tag.Replace('_', '-').Split('-');
        if (tag.Length > Longest || parts[0].Length < 2 || parts.Any(static part => part.Length is 0 or > 8 || !part.All(char.IsAsciiLetterOrDigit)))
        {
            throw new EdgeHostException(ErrorCode.InvalidArgument, "The language is none: say it as BCP 47, for example 'en' or 'en-GB'.");
        }

        var isPrivate = false;
        for (var i = 0; i < parts.Length; i++)
        {
            parts[i] = parts[i].ToLowerInvariant();
            if (i > 0 && !isPrivate && parts[i].Length == 2) parts[i] = parts[i].ToUpperInvariant();
            if (i > 0 && !isPrivate && parts[i].Length == 4 && char.IsAsciiLetter(parts[i][0])) parts[i] = char.ToUpperInvariant(parts[i][0]) + parts[i][1..];
            isPrivate |= parts[i].Length == 1;
        }

        return string.Join('-', parts);
    }

    /// <summary>Whether a language is the wanted one or a kind of it.</summary>
    /// <param name="tag">Canonical.</param>
    /// <param name="wanted">Canonical.</param>
    public static bool Is(string tag, string wanted) => tag == wanted || tag.StartsWith($"{wanted}-", StringComparison.Ordinal);
}
