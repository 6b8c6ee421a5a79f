using EdgeHost.Plugins.Text.Decoding;
using EdgeHost.Plugins.Text.Pieces;
using EdgeHost.Plugins.Translation.Models;
using EdgeHost.PluginSdk;

namespace EdgeHost.Plugins.Translation.Marian;

/// <summary>
/// A Marian model as Optimum exports it: the encoder takes <c>input_ids</c> and <c>attention_mask</c> int64 [rows, n], the decoder is a <see cref="CachedDecoder"/>. Holds the
/// models as long as it is not disposed. Thread-safe.
/// </summary>
internal sealed class MarianTranslator : IDisposable
{
    private const string Ids = "input_ids";
    private const string Mask = "attention_mask";
    private readonly TranslationModel _model;
    private readonly IModelLease _encoder;
    private readonly IModelLease _decoder;
    private readonly IModelLease? _decoderWithPast;
    private readonly MarianConfig _config;
    private readonly PieceVocabulary _vocabulary;

    private MarianTranslator(TranslationModel model, IModelLease encoder, IModelLease decoder, IModelLease? decoderWithPast, MarianConfig config, PieceVocabulary vocabulary)
    {
        (_model, _encoder, _decoder, _decoderWithPast, _config, _vocabulary) = (model, encoder, decoder, decoderWithPast, config, vocabulary);
        Models = [.. new[] { encoder, decoder, decoderWithPast }.OfType<IModelLease>().Select(static lease => $"{lease.Model.Id}@{lease.Model.Version}")];
    }

    /// <summary>The models as id@version.</summary>
    public IReadOnlyList<string> Models { get; }

    /// <summary>How many sentences it may translate in one run.</summary>
    public int MaxRows => _model.MaxRows;

    /// <summary>The pieces that it reads and writes.</summary>
    public PieceVocabulary Vocabulary => _vocabulary;

    /// <summary>Opens a model.</summary>
    /// <param name="models">Where models come from.</param>
    /// <param name="model">Which.</param>
    /// <param name="files">The vocabularies.</param>
    /// <param name="cancellationToken">Stops waiting.</param>
    /// <exception cref="EdgeHostException">As <see cref="IModelProvider.LeaseAsync"/> and <see cref="MarianFiles.OfAsync"/> say.</exception>
    public static async ValueTask<MarianTranslator> OpenAsync(IModelProvider models, TranslationModel model, MarianFiles files, CancellationToken cancellationToken)
    {
        var leases = new List<IModelLease>();
        try
        {
            foreach (var id in new[] { model.Id, model.Decoder, model.DecoderWithPast })
            {
                if (id is not null) leases.Add(await models.LeaseAsync(id, cancellationToken).ConfigureAwait(false));
            }

            var (config, vocabulary) = await files.OfAsync(leases[0], cancellationToken).ConfigureAwait(false);
            CheckWidth(leases[1].Model, config);
            return new MarianTranslator(model, leases[0], leases[1], leases.ElementAtOrDefault(2), config, vocabulary);
        }
        catch
        {
            foreach (var lease in leases) lease.Dispose();
            throw;
        }
    }

    /// <summary>Translates sentences, at most <see cref="MaxRows"/>, in one run.</summary>
    /// <param name="sentences">The sentences; none empty.</param>
    /// <param name="limits">How to write.</param>
    /// <param name="cancellationToken">Stops between steps and inside of one.</param>
    /// <exception cref="EdgeHostException">As <see cref="IModelLease.RunAsync"/> says.</exception>
    public async ValueTask<WrittenText[]> TranslateAsync(IReadOnlyList<string> sentences, WritingLimits limits, CancellationToken cancellationToken)
    {
        var ids = sentences.Select(sentence => _vocabulary.Encode(_model.Prefix + sentence, _config.MaxPositions)).ToArray();
        var searches = ids.Select(source => Begin(source.Length, limits)).ToArray();
        using var mask = _encoder.CreateValue(ElementType.Int64, new TensorShape(ids.Length, ids.Max(static row => row.Length)));
        using var encoded = await EncodeAsync(ids, mask, cancellationToken).ConfigureAwait(false);
        using var decoder = new CachedDecoder(
            _decoder, _decoderWithPast, new NamedValue("encoder_hidden_states", encoded[0]), new NamedValue("encoder_attention_mask", mask));
        await WriteAsync(decoder, searches, cancellationToken).ConfigureAwait(false);
        return Array.ConvertAll(searches, search => new WrittenText(_vocabulary.Decode([.. search.Tokens]), search.Tokens.Count + (search.IsCut ? 0 : 1), search.IsCut));
    }

    public void Dispose()
    {
        _encoder.Dispose();
        _decoder.Dispose();
        _decoderWithPast?.Dispose();
    }

    private static void CheckWidth(ModelDescription decoder, MarianConfig config)
    {
        if (decoder.Outputs.FirstOrDefault(static output => output.Name == "logits") is { Shape: { Rank: 3 } shape } && shape[2] >= 0 && shape[2] != config.VocabularySize)
        {
            throw new EdgeHostException(
                ErrorCode.FailedPrecondition, $"The decoder {decoder.Id}@{decoder.Version} chooses from {shape[2]} tokens; config.json says {config.VocabularySize}. They are of two models.");
        }
    }

    private ISentenceSearch Begin(int sourceLength, WritingLimits limits)
    {
        // Twice the source and some is ample; what is longer has lost its way.
        var limit = Math.Min(Math.Min(_config.MaxLength, limits.MaxLength ?? int.MaxValue), (2 * sourceLength) + 12);
        var beams = Math.Min(limits.Beams ?? _config.Beams, (_config.VocabularySize - 1) / 2);
        return beams > 1 ? new BeamSearch(_config, beams, limit) : new GreedySearch(_config, limit);
    }

    private async ValueTask<StepResult> EncodeAsync(int[][] ids, ModelValue mask, CancellationToken cancellationToken)
    {
        using var input = _encoder.CreateValue(ElementType.Int64, mask.Shape);
        var values = input.AsSpan<long>();
        var marks = mask.AsSpan<long>();
        var width = (int)mask.Shape[1];
        values.Fill(_config.PaddingId);
        marks.Clear();
        for (var row = 0; row < ids.Length; row++)
        {
            for (var i = 0; i < ids[row].Length; i++) values[(row * width) + i] = ids[row][i];
            marks.Slice(row * width, ids[row].Length).Fill(1);
        }

        var step = new ModelStep { Inputs = [new NamedValue(Ids, input), new NamedValue(Mask, mask)], Outputs = ["last_hidden_state"], MayRunOnCallingThread = true };
        return await _encoder.RunAsync(step, cancellationToken).ConfigureAwait(false);
    }

    private async ValueTask WriteAsync(CachedDecoder decoder, ISentenceSearch[] searches, CancellationToken cancellationToken)
    {
        var open = searches;
        var tokens = new int[searches.Length];
        Array.Fill(tokens, _config.StartId);
        for (var isFirst = true; open.Length > 0; isFirst = false)
        {
            int[] parents;
            bool isSameSource;
            using (var logits = await decoder.StepAsync(tokens, cancellationToken).ConfigureAwait(false))
            {
                (tokens, parents, var left) = Advance(logits.AsSpan<float>(), open, isFirst);
                isSameSource = !isFirst && left.Length == open.Length;
                open = left;
            }

            if (open.Length > 0) decoder.Select(parents, isSameSource);
        }
    }

    // One step of every search: the rows of those that go on.
    private (int[] Tokens, int[] Parents, ISentenceSearch[] Open) Advance(Span<float> logits, ISentenceSearch[] open, bool isFirst)
    {
        var (tokens, parents, left, row) = (new List<int>(), new List<int>(), new List<ISentenceSearch>(), 0);
        Span<int> next = stackalloc int[32];
        Span<int> from = stackalloc int[32];
        foreach (var search in open)
        {
            var rows = isFirst ? 1 : search.Width;
            search.Advance(logits.Slice(row * _config.VocabularySize, rows * _config.VocabularySize), next[..search.Width], from[..search.Width]);
            if (!search.IsDone)
            {
                left.Add(search);
                for (var i = 0; i < search.Width; i++)
                {
                    tokens.Add(next[i]);
                    parents.Add(row + from[i]);
                }
            }

            row += rows;
        }

        return ([.. tokens], [.. parents], [.. left]);
    }
}
