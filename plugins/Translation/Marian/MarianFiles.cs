using System.Collections.Concurrent;
using EdgeHost.Plugins.Text.Pieces;
using EdgeHost.PluginSdk;

namespace EdgeHost.Plugins.Translation.Marian;

/// <summary>What lies beside the encoders of Marian models, read once a version. Thread-safe.</summary>
internal sealed class MarianFiles
{
    private const string Config = "config.json";
    private const string Generation = "generation_config.json";
    private const string Pieces = "source.spm";
    private const string Ids = "vocab.json";
    private const string TargetIds = "target_vocab.json";
    private const int Most = 8;
    private readonly ConcurrentDictionary<string, (MarianConfig Config, PieceVocabulary Vocabulary)> _known = new(StringComparer.Ordinal);

    /// <summary>Reads config and vocabulary.</summary>
    /// <param name="encoder">The encoder.</param>
    /// <param name="cancellationToken">Stops the read.</param>
    /// <exception cref="EdgeHostException"><see cref="ErrorCode.FailedPrecondition"/>: a file is missing, or they do not fit one another; <see cref="ErrorCode.DataLoss"/>: one
    /// cannot be read.</exception>
    public async ValueTask<(MarianConfig Config, PieceVocabulary Vocabulary)> OfAsync(IModelLease encoder, CancellationToken cancellationToken)
    {
        var model = $"{encoder.Model.Id}@{encoder.Model.Version}";
        if (_known.TryGetValue(model, out var known)) return known;
        var config = MarianConfig.Read(
            await NeedAsync(encoder, Config, cancellationToken).ConfigureAwait(false), await FindAsync(encoder, Generation, cancellationToken).ConfigureAwait(false));
        var vocabulary = PieceVocabulary.Read(
            await NeedAsync(encoder, Pieces, cancellationToken).ConfigureAwait(false),
            await NeedAsync(encoder, Ids, cancellationToken).ConfigureAwait(false),
            await FindAsync(encoder, TargetIds, cancellationToken).ConfigureAwait(false));
        if (vocabulary.TargetCount > config.VocabularySize || vocabulary.EndId != config.EndId)
        {
            throw new EdgeHostException(
                ErrorCode.FailedPrecondition,
                $"The vocabulary of the model {model} has {vocabulary.TargetCount} ids and ends a text with {vocabulary.EndId}; its config.json says {config.VocabularySize} and {config.EndId}. They are of two models.");
        }

        if (_known.Count >= Most) _known.Clear();
        return _known[model] = (config, vocabulary);
    }

    private static async ValueTask<ReadOnlyMemory<byte>> NeedAsync(IModelLease encoder, string name, CancellationToken cancellationToken)
        => await FindAsync(encoder, name, cancellationToken).ConfigureAwait(false)
            ?? throw new EdgeHostException(ErrorCode.FailedPrecondition, $"The model {encoder.Model.Id}@{encoder.Model.Version} has no '{name}', which a Marian model needs: its manifest does not list it.");

    private static async ValueTask<ReadOnlyMemory<byte>?> FindAsync(IModelLease encoder, string name, CancellationToken cancellationToken)
    {
        try
        {
            return await encoder.ReadFileAsync(name, cancellationToken).ConfigureAwait(false);
        }
        catch (EdgeHostException e) when (e.Code == ErrorCode.NotFound)
        {
            return null;
        }
    }
}
