using System.Buffers;
using System.Collections.Frozen;
using System.Text.Json;
using EdgeHost.Plugins.Text.Bytes;

namespace EdgeHost.Plugins.Speech.Transcription.Tokens;

/// <summary>
/// Tokens of bytes, as GPT-2 and Whisper have them, of a <c>tokenizer.json</c>: <c>model.vocab</c> has text in which each byte is a printable character, <c>added_tokens</c>
/// what is no text.
/// </summary>
internal sealed class ByteLevelVocabulary : ITokenVocabulary
{
    private const int MostTokens = 1 << 20;
    private readonly byte[]?[] _tokens;
    private readonly FrozenDictionary<string, int> _specials;

    private ByteLevelVocabulary(byte[]?[] tokens, FrozenDictionary<string, int> specials) => (_tokens, _specials) = (tokens, specials);

    /// <summary>Reads the file.</summary>
    /// <param name="json">Its bytes.</param>
    /// <exception cref="EdgeHostException"><see cref="ErrorCode.FailedPrecondition"/>: it is no such file.</exception>
    public static ByteLevelVocabulary Read(ReadOnlyMemory<byte> json)
    {
        try
        {
            using var file = JsonDocument.Parse(json);
            var specials = new Dictionary<string, int>(StringComparer.Ordinal);
            if (file.RootElement.TryGetProperty("added_tokens", out var added))
            {
                foreach (var token in added.EnumerateArray()) specials[token.GetProperty("content").GetString()!] = token.GetProperty("id").GetInt32();
            }

            var texts = new Dictionary<int, byte[]?>();
            foreach (var token in file.RootElement.GetProperty("model").GetProperty("vocab").EnumerateObject())
            {
                if (!specials.ContainsKey(token.Name)) texts[token.Value.GetInt32()] = ByteCharacters.BytesOf(token.Name);
            }

            var last = texts.Count == 0 ? -1 : texts.Keys.Max();
            if (last is < 0 or >= MostTokens || texts.Keys.Min() < 0) throw Bad($"its tokens are not numbered from 0 to less than {MostTokens}");
            var tokens = new byte[]?[last + 1];
            foreach (var (token, bytes) in texts) tokens[token] = bytes;
            return new ByteLevelVocabulary(tokens, specials.ToFrozenDictionary(StringComparer.Ordinal));
        }
        catch (Exception e) when (e is JsonException or KeyNotFoundException or InvalidOperationException or FormatException)
        {
            throw Bad(e.Message);
        }
    }

    public void Write(int token, IBufferWriter<byte> text)
    {
        if ((uint)token < (uint)_tokens.Length && _tokens[token] is { } bytes) text.Write(bytes);
    }

    public int? FindSpecial(string name) => _specials.TryGetValue(name, out var token) ? token : null;

    private static EdgeHostException Bad(string why) => new(ErrorCode.FailedPrecondition, $"The vocabulary of the speech model ('tokenizer.json') cannot be read: {why}");
}
