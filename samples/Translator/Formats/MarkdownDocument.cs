using System.Text;
using System.Text.RegularExpressions;

namespace Translator.Formats;

/// <summary>
/// Markdown: front matter, fenced and indented code, HTML, rules, the marks of headings, lists, quotes and tables, emphasis, and where links and pictures lead stay; lines of one
/// paragraph are one text.
/// </summary>
internal static partial class MarkdownDocument
{
    public static IReadOnlyList<DocumentPiece> Read(string content)
    {
        var (pieces, paragraph) = (new List<DocumentPiece>(), new StringBuilder());
        var lines = content.Replace("\r\n", "\n", StringComparison.Ordinal).Split('\n');
        string? fence = null;
        for (var i = 0; i < lines.Length; i++)
        {
            var line = lines[i];
            var end = i < lines.Length - 1 ? "\n" : string.Empty;
            if (fence is null && i == 0 && line == "---") fence = "---";
            else if (fence is null && Fence().Match(line) is { Success: true } opening) fence = opening.Groups["fence"].Value;
            else if (fence is not null)
            {
                if (line.TrimStart().StartsWith(fence, StringComparison.Ordinal)) fence = null;
            }
            else if (!Kept().IsMatch(line))
            {
                AddLine(line, end, paragraph, pieces);
                continue;
            }

            Flush(paragraph, pieces);
            pieces.Add(new DocumentPiece(line + end, isText: false));
        }

        Flush(paragraph, pieces);
        return pieces;
    }

    // A line with a mark begins something new; one without goes on.
    private static void AddLine(string line, string end, StringBuilder paragraph, List<DocumentPiece> pieces)
    {
        var mark = Mark().Match(line);
        if (mark.Length > 0 || line.Contains('|', StringComparison.Ordinal))
        {
            Flush(paragraph, pieces);
            pieces.Add(new DocumentPiece(mark.Value, isText: false));
        }

        paragraph.Append(line, mark.Length, line.Length - mark.Length).Append(end);
        if (line.StartsWith('#') || line.Contains('|', StringComparison.Ordinal)) Flush(paragraph, pieces);
    }

    private static void Flush(StringBuilder paragraph, List<DocumentPiece> pieces)
    {
        var text = paragraph.ToString();
        paragraph.Clear();
        var start = 0;
        foreach (var match in Inline().EnumerateMatches(text))
        {
            Add(text[start..match.Index], pieces);
            pieces.Add(new DocumentPiece(text.Substring(match.Index, match.Length), isText: false));
            start = match.Index + match.Length;
        }

        Add(text[start..], pieces);
    }

    private static void Add(string text, List<DocumentPiece> pieces)
    {
        if (text.Length > 0) pieces.Add(new DocumentPiece(text, isText: text.Any(char.IsLetter)));
    }

    [GeneratedRegex("^ {0,3}(?<fence>```|~~~)", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 5000)]
    private static partial Regex Fence();

    // Empty lines, rules and those of tables, indented code, HTML, where links of a reference lead.
    [GeneratedRegex(@"^\s*$|^\s{0,3}(?:[-*_=]\s*){3,}$|^[\s|:-]+$|^(?: {4,}|\t)(?![-*+]\s|\d+[.)]\s)|^\s*</?[a-zA-Z!]|^\s*\[[^\]]+\]:", RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 5000)]
    private static partial Regex Kept();

    [GeneratedRegex(@"^\s*(?:>\s?)*(?:#{1,6}\s+|(?:[-*+]|\d+[.)])\s+(?:\[[ xX]\]\s+)?)?", RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 5000)]
    private static partial Regex Mark();

    // Code, where links and pictures lead, emphasis, borders of cells, tags.
    [GeneratedRegex(@"`+[^`]+`+|!?\[(?=[^\]]*\]\()|\]\([^)]*\)|\*{1,3}|~~|(?<!\w)_{1,3}|_{1,3}(?!\w)|\s*\|\s*|</?[a-zA-Z][^<>]*>", RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 5000)]
    private static partial Regex Inline();
}
