using System.Collections.Frozen;

namespace EdgeHost.Plugins.Text.Bytes;

/// <summary>The printable characters that byte-level vocabularies write bytes as, after GPT-2: printable Latin-1 stands for itself, the 68 other bytes for U+0100 and what follows. Thread-safe.</summary>
public static class ByteCharacters
{
    private static readonly FrozenDictionary<char, byte> Bytes = MakeBytes();

    /// <summary>The bytes of a token, or null where a character of it stands for no byte: it is none of the byte level.</summary>
    public static byte[]? BytesOf(string token)
    {
        var bytes = new byte[token.Length];
        for (var i = 0; i < token.Length; i++)
        {
            if (!Bytes.TryGetValue(token[i], out bytes[i])) return null;
        }

        return bytes;
    }

    private static FrozenDictionary<char, byte> MakeBytes()
    {
        var bytes = new Dictionary<char, byte>();
        var next = 0x100;
        for (var value = 0; value < 256; value++)
        {
            var isPrintable = value is >= '!' and <= '~' or >= 0xA1 and <= 0xAC or >= 0xAE;
            bytes[isPrintable ? (char)value : (char)next++] = (byte)value;
        }

        return bytes.ToFrozenDictionary();
    }
}
