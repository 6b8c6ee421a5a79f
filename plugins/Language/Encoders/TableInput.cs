using System.Text;
using EdgeHost.Plugins.Language.Tokens;
using EdgeHost.PluginSdk;

namespace EdgeHost.Plugins.Language.Encoders;

/// <summary>What encoders over tables of words and pieces take: int64 <c>words</c> [windows, length] and <c>pieces</c> [windows, length, 3], and float32 <c>mask</c> [windows, length]; of any length up to <see cref="MostTokens"/>, or of the one that the model says.</summary>
internal static class TableInput
{
    /// <summary>The input of words' rows.</summary>
    public const string Words = "words";

    /// <summary>The most tokens of a window.</summary>
    public const int MostTokens = 96;

    private const string PiecesInput = "pieces";
    private const string MaskInput = "mask";

    /// <summary>Makes the values.</summary>
    /// <param name="lease">Whose they are.</param>
    /// <param name="vocabulary">The model's vocabulary.</param>
    /// <param name="tokens">The text's tokens, at least one.</param>
    public static EncoderInput Create(IModelLease lease, Vocabulary vocabulary, IReadOnlyList<Token> tokens)
    {
        // Where a model leaves the length open, windows are as long as the longest of them.
        var fixedLength = FixedLength(lease.Model);
        var weights = new int[Windows.Count(tokens.Count, fixedLength ?? MostTokens)];
        var length = fixedLength ?? (tokens.Count + weights.Length - 1) / weights.Length;
        for (var window = 0; window < weights.Length; window++) weights[window] = Windows.Of(tokens.Count, weights.Length, window).GetOffsetAndLength(tokens.Count).Length;
        var words = lease.CreateValue(ElementType.Int64, new TensorShape(weights.Length, length));
        var pieces = lease.CreateValue(ElementType.Int64, new TensorShape(weights.Length, length, Pieces.Count));
        var mask = lease.CreateValue(ElementType.Float32, new TensorShape(weights.Length, length));
        var known = Fill(vocabulary, tokens, weights.Length, length, words.AsSpan<long>(), pieces.AsSpan<long>(), mask.AsSpan<float>());
        return new EncoderInput([new NamedValue(Words, words), new NamedValue(PiecesInput, pieces), new NamedValue(MaskInput, mask)], weights, (double)known / tokens.Count);
    }

    /// <summary>Writes the rows of a text's tokens.</summary>
    /// <returns>How many tokens are known.</returns>
    internal static int Fill(in Vocabulary vocabulary, IReadOnlyList<Token> tokens, int windows, int length, Span<long> words, Span<long> pieces, Span<float> mask)
    {
        words.Clear();
        pieces.Clear();
        mask.Clear();
        var known = 0;
        for (var window = 0; window < windows; window++)
        {
            var (first, count) = Windows.Of(tokens.Count, windows, window).GetOffsetAndLength(tokens.Count);
            for (var i = 0; i < count; i++)
            {
                var slot = (window * length) + i;
                words[slot] = vocabulary.Word(tokens[first + i]);
                if (words[slot] != Vocabulary.Unknown && !IsKana(tokens[first + i])) known++;
                mask[slot] = 1;
                for (var piece = 0; piece < Pieces.Count; piece++) pieces[(slot * Pieces.Count) + piece] = vocabulary.Piece(tokens, first + i, piece);
            }
        }

        return known;
    }

    private static int? FixedLength(ModelDescription model)
    {
        foreach (var input in model.Inputs)
        {
            if (input.Name == Words && input.Shape.Rank == 2) return input.Shape[1] > 0 ? (int)input.Shape[1] : null;
        }

        throw new EdgeHostException(ErrorCode.FailedPrecondition, $"The model {model.Id}@{model.Version} is no text encoder: it has no input '{Words}' [windows, length].");
    }

    // What Japanese is written with besides Chinese characters shows up in Chinese posts too, as an ornament; it does not make Japanese known.
    private static bool IsKana(Token token) => token.Kind == TokenKind.Character && Scripts.IsKana(Rune.GetRuneAt(token.Text, 0));
}
