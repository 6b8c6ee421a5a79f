using EdgeHost.Plugins.Language.Encoders;
using EdgeHost.Plugins.Language.Tokens;

namespace EdgeHost.Plugins.Language.Training.Tables;

/// <summary>A window of a text as rows of an encoder's tables. Immutable.</summary>
/// <param name="Words">A row a token.</param>
/// <param name="Pieces">Three rows a token.</param>
internal sealed record TableText(int[] Words, int[] Pieces)
{
    /// <summary>The windows of a text, as they are when it is judged.</summary>
    public static IEnumerable<TableText> Of(List<Token> tokens, Vocabulary vocabulary, int length)
    {
        var windows = Windows.Count(tokens.Count, length);
        for (var window = 0; window < windows; window++)
        {
            var (first, count) = Windows.Of(tokens.Count, windows, window).GetOffsetAndLength(tokens.Count);
            var (words, pieces) = (new int[count], new int[count * Encoders.Pieces.Count]);
            for (var i = 0; i < count; i++)
            {
                words[i] = (int)vocabulary.Word(tokens[first + i]);
                for (var piece = 0; piece < Encoders.Pieces.Count; piece++) pieces[(i * Encoders.Pieces.Count) + piece] = (int)vocabulary.Piece(tokens, first + i, piece);
            }

            yield return new TableText(words, pieces);
        }
    }
}
