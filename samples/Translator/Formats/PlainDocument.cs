using System.Text.RegularExpressions;

namespace Translator.Formats;

/// <summary>Plain text: paragraphs, with the empty lines between them kept.</summary>
internal static partial class PlainDocument
{
    public static IReadOnlyList<DocumentPiece> Read(string content)
        => [.. Paragraphs().Split(content).Where(static part => part.Length > 0).Select(static part => new DocumentPiece(part, !string.IsNullOrWhiteSpace(part)))];

    [GeneratedRegex(@"(?<gap>(?:\r?\n[ \t]*){2,})", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 5000)]
    private static partial Regex Paragraphs();
}
