using System.Buffers;
using System.Text;

namespace EdgeHost.Plugins.Speech.Transcription.Tokens;

/// <summary>Text that grows token by token. Not thread-safe.</summary>
/// <param name="vocabulary">What tokens stand for.</param>
internal sealed class TokenText(ITokenVocabulary vocabulary)
{
    private readonly ArrayBufferWriter<byte> _bytes = new(256);
    private readonly List<int> _ends = [];

    /// <summary>How many tokens there are.</summary>
    public int Count => _ends.Count;

    /// <summary>Adds one.</summary>
    /// <param name="token">The token.</param>
    public void Add(int token)
    {
        vocabulary.Write(token, _bytes);
        _ends.Add(_bytes.WrittenCount);
    }

    /// <summary>The text of the first tokens, without white space around it. The bytes of a character that is not whole yet are left out at the end.</summary>
    /// <param name="tokens">How many.</param>
    public string Take(int tokens)
    {
        if (tokens == 0) return string.Empty;
        var bytes = _bytes.WrittenSpan[.._ends[tokens - 1]];
        return Encoding.UTF8.GetString(bytes[..WholeCharacters(bytes)]).Trim();
    }

    private static int WholeCharacters(ReadOnlySpan<byte> bytes)
    {
        // The last character begins at most four bytes before the end.
        for (var back = 1; back <= Math.Min(4, bytes.Length); back++)
        {
            var lead = bytes[^back];
            if ((lead & 0xC0) == 0x80) continue;
            var length = lead switch { < 0x80 => 1, >= 0xF0 => 4, >= 0xE0 => 3, >= 0xC0 => 2, _ => 1 };
            return length > back ? bytes.Length - back : bytes.Length;
        }

        return bytes.Length;
    }
}
