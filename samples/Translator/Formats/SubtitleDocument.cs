using System.Text;
using System.Text.RegularExpressions;

namespace Translator.Formats;

/// <summary>SubRip subtitles: numbers and times stay, the lines of each are one text, and become as many lines.</summary>
internal static partial class SubtitleDocument
{
    public static IReadOnlyList<DocumentPiece> Read(string content)
    {
        var (pieces, kept, text) = (new List<DocumentPiece>(), new StringBuilder(), new List<string>());
        var isInText = false;
        foreach (var line in content.Replace("\r\n", "\n", StringComparison.Ordinal).Split('\n'))
        {
            if (isInText && !string.IsNullOrWhiteSpace(line))
            {
                text.Add(line.Trim());
                continue;
            }

            if (text.Count > 0)
            {
                pieces.Add(new DocumentPiece(kept.ToString(), isText: false));
                pieces.Add(new DocumentPiece(string.Join(' ', text), isText: true, text.Count));
                kept.Clear().Append('\n');
                text.Clear();
            }

            isInText = Times().IsMatch(line);
            kept.Append(line).Append('\n');
        }

        if (text.Count > 0)
        {
            pieces.Add(new DocumentPiece(kept.ToString(), isText: false));
            pieces.Add(new DocumentPiece(string.Join(' ', text), isText: true, text.Count));
        }
        else if (kept.Length > 0) pieces.Add(new DocumentPiece(kept.ToString(0, kept.Length - 1), isText: false));
        return pieces;
    }

    [GeneratedRegex(@"^\s*\d+:\d\d:\d\d[,.]\d+\s*-->\s*\d+:\d\d:\d\d[,.]\d+", RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 5000)]
    private static partial Regex Times();
}
