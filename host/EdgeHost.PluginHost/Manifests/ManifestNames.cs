using System.Buffers;

namespace EdgeHost.PluginHost.Manifests;

/// <summary>The spelling of ids, methods, versions and file names in a manifest.</summary>
internal static class ManifestNames
{
    private static readonly SearchValues<char> WordCharacters = SearchValues.Create("abcdefghijklmnopqrstuvwxyz0123456789_");
    private static readonly SearchValues<char> NameCharacters = SearchValues.Create("abcdefghijklmnopqrstuvwxyz0123456789_-");
    private static readonly SearchValues<char> FileCharacters =
        SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_-.");

    /// <summary>Words of a-z 0-9 _ - joined by dots, beginning with a letter. Safe as the name of a folder.</summary>
    public static bool IsId(string text)
        => text.Length is > 0 and <= ManifestLimits.NameLength && char.IsAsciiLetterLower(text[0]) && CountWords(text, NameCharacters) > 0;

    /// <summary>A model's or permission's name: as an id, but a digit may come first.</summary>
    public static bool IsName(string text)
        => text.Length is > 0 and <= ManifestLimits.NameLength && CountWords(text, NameCharacters) > 0;

    /// <summary>Two or more words of a-z 0-9 _ joined by dots.</summary>
    public static bool IsMethod(string text)
        => text.Length is > 0 and <= ManifestLimits.NameLength && CountWords(text, WordCharacters) >= 2;

    /// <summary>major.minor.patch, with an optional -suffix.</summary>
    public static bool IsVersion(string text)
    {
        if (text.Length > ManifestLimits.NameLength) return false;
        var dash = text.IndexOf('-', StringComparison.Ordinal);
        var numbers = dash < 0 ? text : text[..dash];
        if (dash >= 0 && (dash == text.Length - 1 || text.AsSpan(dash + 1).ContainsAnyExcept(FileCharacters))) return false;
        var parts = numbers.Split('.');
        return parts.Length == 3 && Array.TrueForAll(parts, part => part.Length is > 0 and <= 9 && part.All(char.IsAsciiDigit));
    }

    /// <summary>A plain file name ending in .dll: no folder, no drive, no dot first.</summary>
    public static bool IsAssemblyFile(string text)
        => text.Length is > 4 and <= ManifestLimits.NameLength
            && text[0] != '.'
            && text.EndsWith(".dll", StringComparison.Ordinal)
            && !text.AsSpan().ContainsAnyExcept(FileCharacters);

    /// <summary>The path of a .json file below a folder: plain names with / between, none beginning with a dot.</summary>
    public static bool IsJsonFile(string text)
        => text.Length is > 5 and <= ManifestLimits.NameLength
            && text.EndsWith(".json", StringComparison.Ordinal)
            && Array.TrueForAll(text.Split('/'), static part => part.Length > 0 && part[0] != '.' && !part.AsSpan().ContainsAnyExcept(FileCharacters));

    private static int CountWords(string text, SearchValues<char> allowed)
    {
        var count = 0;
        foreach (var range in text.AsSpan().Split('.'))
        {
            var word = text.AsSpan()[range];
            if (word.IsEmpty || word.ContainsAnyExcept(allowed)) return 0;
            count++;
        }

        return count;
    }
}
