namespace EdgeHost.Plugins.Language.Tokens;

/// <summary>Faces made of marks.</summary>
internal static class Emoticons
{
    private const string Happy = "☺";
    private const string Sad = "☹";

    private static readonly (string Face, string Token)[] Faces =
    [
        (":-)", Happy), (":)", Happy), (":-d", Happy), (":d", Happy), (";-)", Happy), (";)", Happy), ("=)", Happy), (":-p", Happy), (":p", Happy), ("<3", "❤"), ("^_^", Happy), ("^^", Happy),
        (":-(", Sad), (":(", Sad), (":'(", Sad), ("=(", Sad), (":-/", Sad), (":/", Sad), ("t_t", Sad), ("-_-", Sad),
    ];

    /// <summary>The face that a text begins with, or null.</summary>
    public static (string Token, int Length)? Match(ReadOnlySpan<char> text)
    {
        if (!(char.IsAscii(text[0]) && (char.IsPunctuation(text[0]) || char.IsSymbol(text[0]) || text[0] is 't' or 'T'))) return null;
        foreach (var (face, token) in Faces)
        {
            // ":/" is also a part of an address.
            if (text.StartsWith(face, StringComparison.OrdinalIgnoreCase) && !(face == ":/" && text.StartsWith("://", StringComparison.Ordinal))) return (token, face.Length);
        }

        return null;
    }
}
