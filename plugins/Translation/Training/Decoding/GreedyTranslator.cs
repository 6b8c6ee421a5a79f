using System.Numerics.Tensors;
using EdgeHost.PluginSdk;
using EdgeHost.Plugins.Translation.Training.Export;
using EdgeHost.Plugins.Translation.Training.Networks;
using EdgeHost.Plugins.Translation.Training.Texts;
using EdgeHost.TestKit.Onnx;

namespace EdgeHost.Plugins.Translation.Training.Decoding;

/// <summary>
/// Translates sentences with a model's files, the likeliest piece at each step, several sentences at a time: to see how well a training goes, and
/// to make pairs of sentences that have no translation. The plugin does it better. Not thread-safe.
/// </summary>
internal sealed class GreedyTranslator : IDisposable
{
    private const int BatchSize = 32;
    private const int MorePieces = 12;
    private const int MostPieces = 100;
    private const string Past = "past_key_values.";

    private readonly DirectModelProvider _models;
    private readonly MarianShape _shape;
    private readonly string _ending;

    /// <summary>Opens a model.</summary>
    /// <param name="folder">Its folder.</param>
    /// <param name="isSmall">Whether its files of 8 bits are meant.</param>
    public GreedyTranslator(string folder, bool isSmall)
    {
        _models = new DirectModelProvider(new FolderModels(folder));
        _shape = ModelFolder.ShapeOf(folder);
        _ending = isSmall ? ModelFolder.SmallEnding : ModelFolder.Ending;
    }

    /// <summary>Translates sentences.</summary>
    /// <param name="sentences">Ids of each, with the one that ends it.</param>
    /// <param name="cancellationToken">Stops it between two steps.</param>
    /// <returns>Ids of each translation, without the one that ends it.</returns>
    public async Task<int[][]> TranslateAsync(IReadOnlyList<int[]> sentences, CancellationToken cancellationToken)
    {
        using var encoder = await _models.LeaseAsync($"{ModelFolder.Encoder}{_ending}", cancellationToken).ConfigureAwait(false);
        using var decoder = await _models.LeaseAsync($"{ModelFolder.Decoder}{_ending}", cancellationToken).ConfigureAwait(false);
        var translations = new int[sentences.Count][];
        foreach (var some in Enumerable.Range(0, sentences.Count).OrderBy(i => sentences[i].Length).Chunk(BatchSize))
        {
            var made = await TranslateBatchAsync(encoder, decoder, [.. some.Select(i => sentences[i])], cancellationToken).ConfigureAwait(false);
            for (var i = 0; i < some.Length; i++) translations[some[i]] = made[i];
        }

        return translations;
    }

    /// <inheritdoc/>
    public void Dispose() => _models.Dispose();

    private async Task<int[][]> TranslateBatchAsync(IModelLease encoder, IModelLease decoder, int[][] batch, CancellationToken cancellationToken)
    {
        var length = batch.Max(one => one.Length);
        using var ids = encoder.CreateValue(ElementType.Int64, new TensorShape(batch.Length, length));
        using var mask = encoder.CreateValue(ElementType.Int64, ids.Shape);
        ids.AsSpan<long>().Fill(_shape.Pad);
        mask.AsSpan<long>().Clear();
        for (var i = 0; i < batch.Length; i++)
        {
            for (var place = 0; place < batch[i].Length; place++) ids.AsSpan<long>()[(i * length) + place] = batch[i][place];
            mask.AsSpan<long>().Slice(i * length, batch[i].Length).Fill(1);
        }

        using var encoded = await encoder.RunAsync(new ModelStep { Inputs = [new NamedValue("input_ids", ids), new NamedValue("attention_mask", mask)] }, cancellationToken).ConfigureAwait(false);
        var caches = decoder.Model.Inputs.Where(input => input.Name.StartsWith(Past, StringComparison.Ordinal))
            .ToDictionary(input => input.Name, _ => decoder.CreateValue(ElementType.Float32, new TensorShape(batch.Length, _shape.Heads, 0, _shape.HeadWidth)), StringComparer.Ordinal);
        try
        {
            return await WriteAsync(decoder, encoded[0], mask, caches, batch.Length, Math.Min(MostPieces, (2 * length) + MorePieces), cancellationToken).ConfigureAwait(false);
        }
        finally
        {
            foreach (var cache in caches.Values) cache.Dispose();
        }
    }

    private async Task<int[][]> WriteAsync(IModelLease decoder, ModelValue memory, ModelValue mask, Dictionary<string, ModelValue> caches, int count, int limit, CancellationToken cancellationToken)
    {
        using var ids = decoder.CreateValue(ElementType.Int64, new TensorShape(count, 1));
        using var usesCache = decoder.CreateValue(ElementType.Bool, new TensorShape(1));
        ids.AsSpan<long>().Fill(_shape.Pad);
        var made = Enumerable.Range(0, count).Select(_ => new List<int>()).ToArray();
        var isDone = new bool[count];
        for (var step = 0; step < limit && isDone.Contains(false); step++)
        {
            usesCache.AsSpan<bool>()[0] = step > 0;
            string[] renewed = [.. caches.Keys.Where(name => step == 0 || name.Contains(".decoder.", StringComparison.Ordinal))];
            var run = new ModelStep
            {
                Inputs =
                [
                    new NamedValue("encoder_attention_mask", mask), new NamedValue("input_ids", ids), new NamedValue("encoder_hidden_states", memory), new NamedValue("use_cache_branch", usesCache),
                    .. caches.Select(cache => new NamedValue(cache.Key, cache.Value)),
                ],
                Outputs = ["logits", .. renewed.Select(name => name.Replace(Past, "present.", StringComparison.Ordinal))],
            };
            using var result = await decoder.RunAsync(run, cancellationToken).ConfigureAwait(false);
            for (var i = 0; i < renewed.Length; i++)
            {
                caches[renewed[i]].Dispose();
                caches[renewed[i]] = result.Take(i + 1);
            }

            for (var i = 0; i < count; i++)
            {
                // All but the last piece, which only fills up.
                var next = TensorPrimitives.IndexOfMax(result[0].AsSpan<float>().Slice(i * _shape.Vocabulary, _shape.Vocabulary - 1));
                ids.AsSpan<long>()[i] = next;
                isDone[i] |= next == Pieces.End;
                if (!isDone[i]) made[i].Add(next);
            }
        }

        return Array.ConvertAll(made, one => one.ToArray());
    }
}
