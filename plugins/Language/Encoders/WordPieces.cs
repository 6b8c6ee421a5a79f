using System.Text;
using EdgeHost.Plugins.Language.Tokens;

namespace EdgeHost.Plugins.Language.Encoders;

/// <summary>Cuts tokens into the pieces of a vocabulary of word pieces, the longest first. Immutable; thread-safe.</summary>
internal sealed class WordPieces
{
    private const string Unknown = "[UNK]";
    private const string Begin = "[CLS]";
    private const string End = "[SEP]";
    private const string Inner = "##";

    private readonly Dictionary<string, int> _ids = new(StringComparer.Ordinal);
    private readonly int _unknown;

    /// <summary>Takes a vocabulary.</summary>
    /// <param name="pieces">The pieces in the order of their ids. Those inside of words begin with <c>##</c>.</param>
    /// <exception cref="EdgeHostException"><see cref="ErrorCode.DataLoss"/>: it lacks the pieces of beginning, end or what is unknown.</exception>
    public WordPieces(IReadOnlyList<string> pieces)
    {
        for (var id = 0; id < pieces.Count; id++) _ids.TryAdd(pieces[id], id);
        (_unknown, BeginId, EndId) = (Special(Unknown), Special(Begin), Special(End));
    }

    /// <summary>The id that begins a text.</summary>
    public int BeginId { get; }

    /// <summary>The id that ends it.</summary>
    public int EndId { get; }

    /// <summary>Reads a vocabulary of one piece a line.</summary>
    public static WordPieces Read(ReadOnlySpan<byte> file) => new(Encoding.UTF8.GetString(file).TrimEnd('\n').Split('\n'));

    /// <summary>Adds the ids of a token, of which <see cref="Tokeniser.MaxTokenLength"/> characters count.</summary>
    /// <returns>Whether it is known.</returns>
    public bool Add(string token, List<int> ids)
    {
        var (start, before) = (0, ids.Count);
        var known = _ids.GetAlternateLookup<ReadOnlySpan<char>>();

        // Where a piece lies inside of the word, its mark takes the place of the two characters before it, which were read already.
        var marked = (stackalloc char[Inner.Length + Tokeniser.MaxTokenLength])[..(Inner.Length + Math.Min(token.Length, Tokeniser.MaxTokenLength))];
        token.AsSpan(0, marked.Length - Inner.Length).CopyTo(marked[Inner.Length..]);
        while (start < marked.Length - Inner.Length)
        {
            var end = marked.Length - Inner.Length;
            var id = -1;
            if (start > 0) Inner.CopyTo(marked[start..]);
            while (end > start && !known.TryGetValue(marked[(start > 0 ? start : Inner.Length)..(end + Inner.Length)], out id)) end--;
            if (end == start)
            {
                ids.RemoveRange(before, ids.Count - before);
                ids.Add(_unknown);
                return false;
            }

            ids.Add(id);
            start = end;
        }

        return true;
    }

    /// <summary>The ids of a text between those of beginning and end.</summary>
    /// <param name="tokens">The text's tokens.</param>
    /// <param name="length">The most ids; what is beyond is left out.</param>
    public int[] Of(IReadOnlyList<Token> tokens, int length)
    {
        var ids = new List<int> { BeginId };
        foreach (var token in tokens)
        {
            Add(token.Text, ids);
            if (ids.Count >= length - 1) break;
        }

        if (ids.Count > length - 1) ids.RemoveRange(length - 1, ids.Count - length + 1);
        return [.. ids, EndId];
    }

    private int Special(string piece)
        => _ids.TryGetValue(piece, out var id) ? id : throw new EdgeHostException(ErrorCode.DataLoss, $"The model's vocabulary lacks '{piece}'; 'edgehost models verify' shows whether its files are whole.");
}
