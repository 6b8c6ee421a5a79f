namespace Translator.Formats;

/// <summary>A piece of a document: text to be translated, or what stays as it is.</summary>
internal sealed class DocumentPiece(string content, bool isText, int lines = 0)
{
    /// <summary>The piece; of a text what it became, once it was translated.</summary>
    public string Content { get; set; } = content;

    public bool IsText => isText;

    /// <summary>Brings a translation into the form of the text: as many lines, where their number matters.</summary>
    public string Fit(string translation)
    {
        if (lines < 2) return translation;
        var rest = translation.Replace('\n', ' ');
        var fitted = new List<string>();
        for (var left = lines; left > 1 && rest.Length > left; left--)
        {
            var at = BreakNear(rest, rest.Length / left);
            fitted.Add(rest[..at].TrimEnd());
            rest = rest[at..].TrimStart();
        }

        fitted.Add(rest);
        return string.Join('\n', fitted);
    }

    // At a blank if there is one about there; Chinese breaks anywhere but before a mark.
    private static int BreakNear(string text, int wanted)
    {
        for (var distance = 0; distance <= text.Length / 3; distance++)
        {
            if (wanted + distance < text.Length && text[wanted + distance] == ' ') return wanted + distance;
            if (wanted - distance > 0 && text[wanted - distance] == ' ') return wanted - distance;
        }

        while (wanted < text.Length - 1 && char.IsPunctuation(text[wanted])) wanted++;
        return wanted > 0 && char.IsHighSurrogate(text[wanted - 1]) ? wanted + 1 : Math.Max(1, wanted);
    }
}
