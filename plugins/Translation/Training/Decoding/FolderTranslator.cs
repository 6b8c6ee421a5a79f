using EdgeHost.Plugins.Translation.Marian;
using EdgeHost.Plugins.Translation.Models;
using EdgeHost.TestKit.Onnx;

namespace EdgeHost.Plugins.Translation.Training.Decoding;

/// <summary>Translates sentences with a model's folder, as the plugin does: to see how well a training goes, and to make pairs of sentences that have no translation. Not thread-safe.</summary>
internal sealed class FolderTranslator : IDisposable
{
    private const int MostRows = 32;

    private readonly DirectModelProvider _models;
    private readonly MarianTranslator _translator;

    private FolderTranslator(DirectModelProvider models, MarianTranslator translator) => (_models, _translator) = (models, translator);

    /// <summary>Opens a model.</summary>
    /// <param name="folder">Its folder.</param>
    /// <param name="isSmall">Whether its files of 8 bits are meant where there are others too.</param>
    /// <param name="cancellationToken">Stops it.</param>
    /// <exception cref="EdgeHostException"><see cref="ErrorCode.NotFound"/>: there is no model in it.</exception>
    public static async Task<FolderTranslator> OpenAsync(string folder, bool isSmall, CancellationToken cancellationToken)
    {
        var models = new DirectModelProvider(new FolderModels(folder, isSmall));
        try
        {
            // With 8 bits a sentence has slightly other numbers beside others, and the plugin runs it alone.
            var model = new TranslationModel(FolderModels.Encoder, "xx", "yy", FolderModels.Decoder, DecoderWithPast: null, Prefix: string.Empty, isSmall ? 1 : MostRows, IsInstalled: true, PullCommand: string.Empty);
            return new FolderTranslator(models, await MarianTranslator.OpenAsync(models, model, new MarianFiles(), cancellationToken).ConfigureAwait(false));
        }
        catch
        {
            models.Dispose();
            throw;
        }
    }

    /// <summary>Translates sentences, those of about one length together.</summary>
    /// <param name="sentences">The sentences; none empty.</param>
    /// <param name="beams">How many hypotheses are followed; 1: always the likeliest piece.</param>
    /// <param name="cancellationToken">Stops it.</param>
    /// <returns>The translations, and whether each did not come to an end by itself.</returns>
    public async Task<(string Text, bool IsCut)[]> TranslateAsync(IReadOnlyList<string> sentences, int beams, CancellationToken cancellationToken)
    {
        var written = new (string Text, bool IsCut)[sentences.Count];
        foreach (var some in Enumerable.Range(0, sentences.Count).OrderBy(i => sentences[i].Length).Chunk(_translator.MaxRows))
        {
            var made = await _translator.TranslateAsync([.. some.Select(i => sentences[i])], new WritingLimits(beams, MaxLength: null), cancellationToken).ConfigureAwait(false);
            for (var i = 0; i < some.Length; i++) written[some[i]] = (made[i].Text, made[i].IsCut);
        }

        return written;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _translator.Dispose();
        _models.Dispose();
    }
}
