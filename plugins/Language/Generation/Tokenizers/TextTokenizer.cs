using System.Buffers;
using System.Collections.Frozen;
using System.Text;
using System.Text.RegularExpressions;
using Microsoft.ML.Tokenizers;

namespace EdgeHost.Plugins.Language.Generation.Tokenizers;

/// <summary>Makes tokens of texts and bytes of tokens, as a byte-level <c>tokenizer.json</c> says. Immutable; thread-safe.</summary>
internal sealed class TextTokenizer
{
    private readonly BpeTokenizer _pieces;
    private readonly byte[]?[] _bytes;
    private readonly FrozenDictionary<string, int> _added;
    private readonly string[] _longestFirst;
    private readonly FrozenSet<int> _specials;
    private readonly SearchValues<string>? _search;
    private readonly bool _isNormalised;

    /// <summary>Takes what a file says; made by <see cref="TokenizerFile"/>.</summary>
    /// <param name="pieces">Makes tokens of texts without added ones.</param>
    /// <param name="bytes">The bytes of each token; null where there is none.</param>
    /// <param name="added">Tokens that stand in texts as they are.</param>
    /// <param name="specials">Those among them that are no text.</param>
    /// <param name="prefix">What goes before every text.</param>
    /// <param name="suffix">What goes behind every text.</param>
    /// <param name="isNormalised">Whether texts are composed (NFC) first.</param>
    public TextTokenizer(BpeTokenizer pieces, byte[]?[] bytes, FrozenDictionary<string, int> added, FrozenSet<int> specials, int[] prefix, int[] suffix, bool isNormalised)
    {
        (_pieces, _bytes, _added, _specials, Prefix, Suffix, _isNormalised) = (pieces, bytes, added, specials, prefix, suffix, isNormalised);
        _longestFirst = [.. added.Keys.OrderByDescending(static token => token.Length)];
        if (_longestFirst.Length > 0) _search = SearchValues.Create(_longestFirst, StringComparison.Ordinal);
    }

    /// <summary>How many ids there are: the largest and one.</summary>
    public int Count => _bytes.Length;

    /// <summary>What goes before a text that is no conversation, for example the token of the beginning.</summary>
    public IReadOnlyList<int> Prefix { get; }

    /// <summary>What goes behind a text that is whole, for example one that a vector is made of.</summary>
    public IReadOnlyList<int> Suffix { get; }

    /// <summary>Makes tokens. Added tokens are found where they stand in the text; unpaired surrogates become U+FFFD.</summary>
    /// <param name="text">Any text; may be empty.</param>
    /// <exception cref="EdgeHostException"><see cref="ErrorCode.InvalidArgument"/>: a part of it takes too long to be cut into words.</exception>
    public List<int> Encode(string text)
    {
        var clean = Clean(text);
        var tokens = new List<int>((clean.Length / 3) + 1);
        var at = 0;
        while (at < clean.Length)
        {
            var found = _search is null ? -1 : clean.AsSpan(at).IndexOfAny(_search);
            var end = found < 0 ? clean.Length : at + found;
            AddText(clean[at..end], tokens);
            if (found < 0) break;
            var token = _longestFirst.First(candidate => clean.AsSpan(end).StartsWith(candidate, StringComparison.Ordinal));
            tokens.Add(_added[token]);
            at = end + token.Length;
        }

        return tokens;
    }

    /// <summary>The bytes of a token in UTF-8; a character may need several tokens. Empty for what is no text.</summary>
    public ReadOnlySpan<byte> BytesOf(int token) => (uint)token < (uint)_bytes.Length && !_specials.Contains(token) ? _bytes[token] : [];

    /// <summary>Whether there is a token of that id.</summary>
    public bool IsKnown(int token) => (uint)token < (uint)_bytes.Length && _bytes[token] is not null;

    /// <summary>Whether a token is no text.</summary>
    public bool IsSpecial(int token) => _specials.Contains(token);

    /// <summary>The id of an added token by its text, or null.</summary>
    public int? Find(string token) => _added.TryGetValue(token, out var id) ? id : null;

    /// <summary>The text of tokens, without those that are none.</summary>
    public string Decode(IEnumerable<int> tokens)
    {
        var bytes = new List<byte>();
        foreach (var token in tokens) bytes.AddRange(BytesOf(token));
        return Encoding.UTF8.GetString([.. bytes]);
    }

    private void AddText(string text, List<int> tokens)
    {
        if (text.Length == 0) return;
        try
        {
            tokens.AddRange(_pieces.EncodeToIds(text));
        }
        catch (RegexMatchTimeoutException)
        {
            throw new EdgeHostException(ErrorCode.InvalidArgument, "The text cannot be cut into words in time; send shorter pieces.");
        }
    }

    private string Clean(string text)
    {
        var clean = text;
        for (var i = 0; i < text.Length; i++)
        {
            if (!char.IsSurrogate(text[i])) continue;
            if (char.IsHighSurrogate(text[i]) && i + 1 < text.Length && char.IsLowSurrogate(text[i + 1]))
            {
                i++;
                continue;
            }

            // Encoding and back replaces every one of them.
            clean = Encoding.UTF8.GetString(Encoding.UTF8.GetBytes(text));
            break;
        }

        return _isNormalised ? clean.Normalize(NormalizationForm.FormC) : clean;
    }
}
