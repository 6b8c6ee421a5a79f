using System.Numerics.Tensors;
using System.Text;
using EdgeHost.Plugins.Language.Tokens;
using EdgeHost.PluginSdk;

namespace EdgeHost.Plugins.Language.Encoders;

/// <summary>
/// Runs an encoder: int64 <c>words</c> [windows, length] and <c>pieces</c> [windows, length, 3] and float32 <c>mask</c> [windows, length] in,
/// float32 [windows, width] out. A text of several windows has the mean of their features, weighted by their tokens. Thread-safe.
/// </summary>
internal static class TextEncoder
{
    /// <summary>The file of an encoder's vocabulary.</summary>
    public const string VocabularyFile = "vocabulary.bin";

    private const string WordsInput = "words";
    private const string PiecesInput = "pieces";
    private const string MaskInput = "mask";

    /// <summary>Makes features of a text.</summary>
    /// <param name="model">The encoder's id.</param>
    /// <param name="tokens">The text's tokens, at least one.</param>
    /// <param name="models">Where the model comes from.</param>
    /// <param name="cancellationToken">Stops between stages and inside of the run.</param>
    /// <exception cref="EdgeHostException">As <see cref="IModelProvider.LeaseAsync"/> and <see cref="IModelLease.RunAsync"/> say; <see cref="ErrorCode.DataLoss"/>: the vocabulary is damaged.</exception>
    public static async ValueTask<EncodedText> EncodeAsync(string model, IReadOnlyList<Token> tokens, IModelProvider models, CancellationToken cancellationToken)
    {
        using var lease = await models.LeaseAsync(model, cancellationToken).ConfigureAwait(false);
        var vocabulary = new Vocabulary(await lease.ReadFileAsync(VocabularyFile, cancellationToken).ConfigureAwait(false));
        var length = LengthOf(lease.Model);
        var windows = Windows.Count(tokens.Count, length);
        using var words = lease.CreateValue(ElementType.Int64, new TensorShape(windows, length));
        using var pieces = lease.CreateValue(ElementType.Int64, new TensorShape(windows, length, Pieces.Count));
        using var mask = lease.CreateValue(ElementType.Float32, new TensorShape(windows, length));
        var known = Fill(vocabulary, tokens, windows, length, words.AsSpan<long>(), pieces.AsSpan<long>(), mask.AsSpan<float>());
        var step = new ModelStep
        {
            Inputs = [new NamedValue(WordsInput, words), new NamedValue(PiecesInput, pieces), new NamedValue(MaskInput, mask)],
            Outputs = [lease.Model.Outputs[0].Name],
            MayRunOnCallingThread = true,
        };
        using var result = await lease.RunAsync(step, cancellationToken).ConfigureAwait(false);
        return new EncodedText(Mean(result[0].AsSpan<float>(), tokens.Count, windows), (double)known / tokens.Count, $"{lease.Model.Id}@{lease.Model.Version}");
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

    // What Japanese is written with besides Chinese characters shows up in Chinese posts too, as an ornament; it does not make Japanese known.
    private static bool IsKana(Token token) => token.Kind == TokenKind.Character && Scripts.IsKana(Rune.GetRuneAt(token.Text, 0));

    private static int LengthOf(ModelDescription model)
    {
        foreach (var input in model.Inputs)
        {
            if (input.Name == WordsInput && input.Shape.Rank == 2 && input.Shape[1] > 0) return (int)input.Shape[1];
        }

        throw new EdgeHostException(ErrorCode.FailedPrecondition, $"The model {model.Id}@{model.Version} is no text encoder: it has no input '{WordsInput}' [windows, length].");
    }

    private static float[] Mean(ReadOnlySpan<float> rows, int tokens, int windows)
    {
        var width = rows.Length / windows;
        var mean = new float[width];
        for (var window = 0; window < windows; window++)
        {
            var (_, count) = Windows.Of(tokens, windows, window).GetOffsetAndLength(tokens);
            TensorPrimitives.MultiplyAdd(rows.Slice(window * width, width), (float)count / tokens, mean, mean);
        }

        return mean;
    }
}
