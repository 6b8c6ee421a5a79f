using System.Text.RegularExpressions;

namespace EdgeHost.Plugins.Speech.Training;

/// <summary>Sentences to speak: those of this repository's own documents, in an order that the seed gives.</summary>
internal static partial class Sentences
{
    /// <summary>Reads them.</summary>
    /// <param name="folder">Markdown files.</param>
    /// <param name="seed">Any number.</param>
    public static List<string> Read(string folder, int seed)
    {
        var sentences = Directory.EnumerateFiles(folder, "*.md").Order(StringComparer.Ordinal)
            .SelectMany(static path => Ends().Split(Block().Replace(File.ReadAllText(path), " ").ReplaceLineEndings(" ")))
            .Select(static sentence => sentence.Trim())
            .Where(static sentence => sentence.Length is > 20 and < 160 && Plain().IsMatch(sentence))
            .Distinct(StringComparer.Ordinal)
            .ToArray();
        new Random(seed).Shuffle(sentences);
        return [.. sentences];
    }

    [GeneratedRegex(@"```.*?```|^[|#][^\n]*$|`[^`]*`|\[|\]\([^)]*\)|[*_]", RegexOptions.Singleline | RegexOptions.Multiline, 10_000)]
    private static partial Regex Block();

    [GeneratedRegex(@"(?<=[.!?;:])\s", RegexOptions.None, 10_000)]
    private static partial Regex Ends();

    [GeneratedRegex(@"^[A-Za-z][A-Za-z0-9 ,.';:()-]+$", RegexOptions.None, 10_000)]
    private static partial Regex Plain();
}
