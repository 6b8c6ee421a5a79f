using System.Security.Cryptography;
using System.Text;

namespace EdgeHost.Plugins.Recommendation.Content;

/// <summary>What parts of items are made of.</summary>
internal static class ContentSource
{
    private const int HashBytes = 16;

    /// <summary>The text that a vector is made of; empty for none.</summary>
    /// <param name="title">The title, or null.</param>
    /// <param name="text">The text, or null.</param>
    /// <param name="most">How many characters of it count.</param>
    public static string TextOf(string? title, string? text, int most)
    {
        var joined = string.IsNullOrWhiteSpace(title) ? text : string.IsNullOrWhiteSpace(text) ? title : $"{title}\n{text}";
        if (string.IsNullOrWhiteSpace(joined)) return string.Empty;
        if (joined.Length <= most) return joined;

        // Not between the halves of a character.
        return joined[..(char.IsHighSurrogate(joined[most - 1]) ? most - 1 : most)];
    }

    /// <summary>Tells a text from others: what was made of the same one need not be made again.</summary>
    public static byte[] HashOf(string text) => HashOf(Encoding.UTF8.GetBytes(text));

    /// <summary>Tells a picture from others.</summary>
    public static byte[] HashOf(ReadOnlySpan<byte> picture) => SHA256.HashData(picture)[..HashBytes];
}
