namespace Translator.Formats;

/// <summary>Takes documents apart so that they can be put together again from their pieces.</summary>
internal static class DocumentReader
{
    /// <summary>Reads.</summary>
    /// <param name="extension">Of the file, with its dot; any but .md and .srt is plain text.</param>
    /// <param name="content">All of it.</param>
    /// <returns>The pieces; one after another they are the document.</returns>
    public static IReadOnlyList<DocumentPiece> Read(string extension, string content) => extension.ToLowerInvariant() switch
    {
        ".md" or ".markdown" => MarkdownDocument.Read(content),
        ".srt" => SubtitleDocument.Read(content),
        _ => PlainDocument.Read(content),
    };
}
