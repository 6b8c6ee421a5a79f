using EdgeHost.Plugins.Language.Tokens;
using EdgeHost.PluginSdk;

namespace EdgeHost.Plugins.Language.Encoders;

/// <summary>What transformers take: int64 <c>ids</c> [windows, length] of word pieces, each window between those of beginning and end, and float32 <c>mask</c> [windows, length] of any length up to <see cref="MostPieces"/>.</summary>
internal static class TransformerInput
{
    /// <summary>The input of ids, by which this kind is known.</summary>
    public const string Ids = "ids";

    /// <summary>The most pieces of a window, with its ends: what the shipped transformer has learned of places.</summary>
    public const int MostPieces = 40;

    private const string Mask = "mask";
    private const int Ends = 2;
    private const int LettersOfAPiece = 3;

    /// <summary>Makes the values.</summary>
    /// <param name="lease">Whose they are.</param>
    /// <param name="pieces">The model's vocabulary.</param>
    /// <param name="tokens">The text's tokens, at least one.</param>
    public static EncoderInput Create(IModelLease lease, WordPieces pieces, IReadOnlyList<Token> tokens)
    {
        var text = new List<int>(tokens.Count);
        var known = 0;
        foreach (var token in tokens)
        {
            var before = text.Count;
            if (pieces.Add(token.Text, text) && IsKnown(token, text.Count - before)) known++;
        }

        // Windows are as long as the longest of them.
        var weights = new int[Windows.Count(text.Count, MostPieces - Ends)];
        var length = ((text.Count + weights.Length - 1) / weights.Length) + Ends;
        var ids = lease.CreateValue(ElementType.Int64, new TensorShape(weights.Length, length));
        var mask = lease.CreateValue(ElementType.Float32, new TensorShape(weights.Length, length));
        Fill(text, pieces, length, weights, ids.AsSpan<long>(), mask.AsSpan<float>());
        return new EncoderInput([new NamedValue(Ids, ids), new NamedValue(Mask, mask)], weights, (double)known / tokens.Count);
    }

    // Pieces can be put together to anything, also to words of no language; then they are short.
    private static bool IsKnown(Token token, int pieces)
        => pieces == 1 ? token.Kind == TokenKind.Symbol || token.Text.AsSpan().IndexOfAnyExceptInRange('\0', '\u024f') < 0 : token.Text.Length >= LettersOfAPiece * pieces;

    private static void Fill(List<int> text, WordPieces pieces, int length, int[] weights, Span<long> ids, Span<float> mask)
    {
        ids.Clear();
        mask.Clear();
        for (var window = 0; window < weights.Length; window++)
        {
            var (first, count) = Windows.Of(text.Count, weights.Length, window).GetOffsetAndLength(text.Count);
            var row = ids.Slice(window * length, length);
            row[0] = pieces.BeginId;
            for (var i = 0; i < count; i++) row[i + 1] = text[first + i];
            row[count + 1] = pieces.EndId;
            mask.Slice(window * length, count + Ends).Fill(1);
            weights[window] = count;
        }
    }
}
