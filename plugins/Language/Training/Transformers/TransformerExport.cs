using System.Runtime.InteropServices;
using System.Text;
using EdgeHost.Plugins.Language.Encoders;
using EdgeHost.Plugins.Language.Tokens;
using EdgeHost.Plugins.Language.Training.Corpora;
using EdgeHost.Plugins.Language.Training.Export;
using EdgeHost.Training.Optimisers;
using EdgeHost.Training.Steps;

namespace EdgeHost.Plugins.Language.Training.Transformers;

/// <summary>
/// Makes an encoder of the trained transformer that is small enough to ship: without the pieces that English hardly needs, and with 8 bits a
/// number.
/// </summary>
internal static class TransformerExport
{
    private const int Length = TransformerInput.MostPieces;
    private const int LearnedLength = 36;
    private const int Width = PretrainedEncoder.Width;

    // The vocabulary is in the order of how frequent pieces are.
    private const int MostFrequent = 10_000;

    /// <summary>Writes the encoder's files, as <see cref="EncoderFiles"/> names them.</summary>
    /// <param name="folder">Where to.</param>
    /// <param name="trained">The network.</param>
    /// <param name="pretrained">Whose vectors it stands on.</param>
    /// <param name="pieces">The pretrained vocabulary.</param>
    /// <param name="texts">The training texts.</param>
    public static void Write(string folder, TrainingStep trained, PretrainedEncoder pretrained, WordPieces pieces, IReadOnlyList<LabelledText> texts)
    {
        Directory.CreateDirectory(folder);
        List<int[]> ids = [.. texts.Select(text => pieces.Of(Tokeniser.Cut(text.Text, Length).Tokens, LearnedLength))];
        var kept = Kept(pretrained, ids);
        using var step = new TrainingStep(TransformerNetwork.CreateEncoder(Length, kept.Length), new Sgd(), new StepOptions { BatchSize = 1 });
        foreach (var parameter in step.Parameters)
        {
            var values = step.Values(parameter);
            if (parameter.Name == TransformerNetwork.Places) FillPlaces(pretrained, values);
            else if (parameter.Name == "words/weight") FillWords(pretrained, kept, values);
            else trained.Values(trained.Parameters.First(other => other.Name == parameter.Name)).CopyTo(values);
        }

        var words = step.Parameters.First(parameter => parameter.Name == "words/weight");
        var (numbers, scales) = TableQuantisation.Round(step.Values(words), Width);
        var model = step.Export();
        TableQuantisation.Replace(model, words.Name, numbers, scales);
        ProductQuantisation.Replace(model);
        OpenLength.Apply(model, TransformerInput.Ids, Length, TransformerNetwork.Places);
        File.WriteAllBytes(Path.Combine(folder, EncoderFiles.Model), model.ToBytes().ToArray());
        File.WriteAllBytes(Path.Combine(folder, TextEncoder.VocabularyFile), Encoding.UTF8.GetBytes(string.Join('\n', kept.Select(id => pretrained.Vocabulary[id])) + "\n"));

        var head = trained.Parameters.Where(parameter => parameter.Name.StartsWith("head/", StringComparison.Ordinal)).ToDictionary(parameter => parameter.Name, StringComparer.Ordinal);
        File.WriteAllBytes(Path.Combine(folder, EncoderFiles.Head), MemoryMarshal.AsBytes<float>((float[])[.. trained.Values(head["head/weight"]), .. trained.Values(head["head/bias"])]).ToArray());
        var replayed = EncoderFiles.ChooseForReplay(texts);
        EncoderFiles.WriteReplay(folder, Encode(step, kept, [.. replayed.Select(i => ids[i])]), replayed.Select(i => texts[i]));
        Console.WriteLine($"encoder: {kept.Length} pieces, {new FileInfo(Path.Combine(folder, EncoderFiles.Model)).Length} bytes");
    }

    private static float[] Encode(TrainingStep step, int[] kept, List<int[]> ids)
    {
        using var evaluation = new EvaluationStep(step);
        var features = new float[ids.Count * Width];
        for (var text = 0; text < ids.Count; text++)
        {
            var rows = evaluation.Batch.Integers(TransformerInput.Ids);
            var mask = evaluation.Batch.Floats("mask");
            rows.Clear();
            mask.Clear();
            for (var i = 0; i < ids[text].Length; i++)
            {
                rows[i] = Array.BinarySearch(kept, ids[text][i]);
                mask[i] = 1;
            }

            evaluation.Run();
            evaluation.Outputs.CopyTo(features.AsSpan(text * Width));
        }

        return features;
    }

    // Special pieces, single characters, the most frequent, and what the training texts have.
    private static int[] Kept(PretrainedEncoder pretrained, List<int[]> ids)
    {
        var used = ids.SelectMany(text => text).ToHashSet();
        return
        [
            .. Enumerable.Range(0, pretrained.Vocabulary.Length).Where(id => pretrained.Vocabulary[id] is var piece
                && (id == 0 || piece is "[UNK]" or "[CLS]" or "[SEP]" || used.Contains(id)
                    || (IsPlain(piece) && (id < MostFrequent || piece.Replace("##", string.Empty, StringComparison.Ordinal).Length == 1)))),
        ];
    }

    private static bool IsPlain(string piece) => piece[0] != '[' && piece.All(character => character is > ' ' and < '\u0100');

    private static void FillPlaces(PretrainedEncoder pretrained, Span<float> values)
    {
        var places = pretrained.Tensor("embeddings.position_embeddings.weight");
        var kinds = pretrained.Tensor("embeddings.token_type_embeddings.weight");
        for (var i = 0; i < values.Length; i++) values[i] = places[i] + kinds[i % Width];
    }

    private static void FillWords(PretrainedEncoder pretrained, int[] kept, Span<float> values)
    {
        var words = pretrained.Tensor("embeddings.word_embeddings.weight");
        for (var row = 0; row < kept.Length; row++) words.AsSpan(kept[row] * Width, Width).CopyTo(values[(row * Width)..]);
    }
}
