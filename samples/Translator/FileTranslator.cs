using EdgeHost;
using EdgeHost.Capabilities.Translation;
using EdgeHost.Client;
using Translator.Formats;

namespace Translator;

/// <summary>Translates files: what is text goes to the host, everything else stays as it is.</summary>
internal sealed class FileTranslator(EdgeHostClient client, string? source, string target)
{
    // What the host takes in a call by default.
    private const int MostTexts = 1_000;
    private const int MostCharacters = 100_000;

    /// <summary>Translates a file.</summary>
    /// <returns>The path of the translation: beside the file, with the language before its ending.</returns>
    public async Task<string> TranslateAsync(string path)
    {
        var pieces = DocumentReader.Read(Path.GetExtension(path), await File.ReadAllTextAsync(path));
        var texts = pieces.Where(static piece => piece.IsText).ToArray();
        var language = source ?? await DetectAsync(texts);
        for (var start = 0; start < texts.Length;)
        {
            var (count, characters) = (0, 0);
            while (start + count < texts.Length && count < MostTexts && (count == 0 || characters + texts[start + count].Content.Length <= MostCharacters)) characters += texts[start + count++].Content.Length;
            var group = texts[start..(start + count)];
            var answer = await client.Translation.TranslateAsync(
                new TranslateRequest { Texts = [.. group.Select(static piece => piece.Content)], Source = language, Target = target }, new CallOptions { Priority = CallPriority.Background });
            for (var i = 0; i < count; i++) group[i].Content = group[i].Fit(answer.Texts![i]);
            start += count;
        }

        var result = Path.ChangeExtension(path, target + Path.GetExtension(path));
        await File.WriteAllTextAsync(result, string.Concat(pieces.Select(static piece => piece.Content)));
        return result;
    }

    // Of the whole, since a heading alone says little.
    private async Task<string?> DetectAsync(DocumentPiece[] texts)
    {
        var text = string.Join('\n', texts.Select(static piece => piece.Content));
        if (string.IsNullOrWhiteSpace(text)) return null;
        var detected = await client.Translation.DetectLanguageAsync(text);
        return detected.Language == "und" ? null : detected.Language;
    }
}
