using System.Numerics.Tensors;
using EdgeHost.Plugins.Language.Tokens;
using EdgeHost.PluginSdk;

namespace EdgeHost.Plugins.Language.Encoders;

/// <summary>
/// Runs encoders, which make features of texts. There are two kinds, told apart by their inputs: of <see cref="TransformerInput">transformers</see>
/// and of <see cref="TableInput">tables</see>. A text of several windows has the mean of their features, weighted by their lengths. Thread-safe.
/// </summary>
internal sealed class TextEncoder
{
    /// <summary>The file of an encoder's vocabulary.</summary>
    public const string VocabularyFile = "vocabulary.bin";

    // Of the model that was used last; reading one takes about a millisecond.
    private volatile KnownPieces? _pieces;

    /// <summary>Makes features of a text.</summary>
    /// <param name="model">The encoder's id.</param>
    /// <param name="tokens">The text's tokens, at least one.</param>
    /// <param name="models">Where the model comes from.</param>
    /// <param name="cancellationToken">Stops between stages and inside of the run.</param>
    /// <exception cref="EdgeHostException">As <see cref="IModelProvider.LeaseAsync"/> and <see cref="IModelLease.RunAsync"/> say; <see cref="ErrorCode.DataLoss"/>: the vocabulary is damaged.</exception>
    public async ValueTask<EncodedText> EncodeAsync(string model, IReadOnlyList<Token> tokens, IModelProvider models, CancellationToken cancellationToken)
    {
        using var lease = await models.LeaseAsync(model, cancellationToken).ConfigureAwait(false);
        var file = await lease.ReadFileAsync(VocabularyFile, cancellationToken).ConfigureAwait(false);
        var name = $"{lease.Model.Id}@{lease.Model.Version}";
        using var input = lease.Model.Inputs.Any(described => described.Name == TransformerInput.Ids)
            ? TransformerInput.Create(lease, PiecesOf(name, file), tokens)
            : TableInput.Create(lease, new Vocabulary(file), tokens);
        var step = new ModelStep { Inputs = input.Values, Outputs = [lease.Model.Outputs[0].Name], MayRunOnCallingThread = true };
        using var result = await lease.RunAsync(step, cancellationToken).ConfigureAwait(false);
        return new EncodedText(Mean(result[0].AsSpan<float>(), input.Weights), input.Coverage, name);
    }

    private WordPieces PiecesOf(string model, ReadOnlyMemory<byte> file)
    {
        if (_pieces is { } known && known.Model == model) return known.Pieces;
        var pieces = WordPieces.Read(file.Span);
        _pieces = new KnownPieces(model, pieces);
        return pieces;
    }

    private static float[] Mean(ReadOnlySpan<float> rows, int[] weights)
    {
        var width = rows.Length / weights.Length;
        var mean = new float[width];
        var sum = (float)weights.Sum();
        for (var window = 0; window < weights.Length; window++) TensorPrimitives.MultiplyAdd(rows.Slice(window * width, width), weights[window] / sum, mean, mean);
        return mean;
    }

    private sealed record KnownPieces(string Model, WordPieces Pieces);
}
