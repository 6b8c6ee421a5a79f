using System.Globalization;
using EdgeHost.Plugins.Language.Tokens;
using EdgeHost.Plugins.Language.Training.Corpora;
using Microsoft.ML.OnnxRuntime;

namespace EdgeHost.Plugins.Language.Training.Teacher;

/// <summary>
/// Makes vectors of English words: what the pretrained encoder makes of each word alone, reduced to its principal components, so that a small
/// table knows which words are alike, also those that no training text has.
/// </summary>
internal static class VectorsCommand
{
    private const int Batch = 64;
    private const int Components = 128;
    private const double Size = 0.1;
    private const int MaxTokens = 400;

    /// <summary>Runs the command.</summary>
    public static void Run(Arguments arguments)
    {
        var encoder = new PretrainedEncoder(arguments.Text("pretrained"));
        var words = Words(encoder, Path.Combine(arguments.Text("data"), "en-train.tsv"));
        var vectors = Encode(encoder, words);
        var reduced = PrincipalComponents.Reduce(vectors, Components);
        var size = Math.Sqrt(reduced.Sum(vector => vector.Sum(number => (double)number * number)) / reduced.Length / Components);
        File.WriteAllLines(arguments.Text("out"), words.Select((word, i) => $"{word} {string.Join(' ', reduced[i].Select(number => (number / size * Size).ToString("f4", CultureInfo.InvariantCulture)))}"));
        Console.WriteLine($"{words.Count} words");
    }

    // The encoder's whole words, and those of the texts that occur twice.
    private static List<string> Words(PretrainedEncoder encoder, string file)
    {
        var counts = new Dictionary<string, int>(StringComparer.Ordinal);
        foreach (var token in Corpus.Read(file).SelectMany(text => Tokeniser.Cut(text.Text, MaxTokens).Tokens)) counts[token.Text] = counts.GetValueOrDefault(token.Text) + 1;
        return [.. encoder.Vocabulary.Concat(counts.Where(word => word.Value >= 2).OrderByDescending(word => word.Value).Select(word => word.Key))
            .Where(word => word.Length > 0 && word.All(char.IsAsciiLetterLower)).Distinct(StringComparer.Ordinal)];
    }

    private static float[][] Encode(PretrainedEncoder encoder, List<string> words)
    {
        var pieces = new WordPieces(encoder.Vocabulary);
        var ids = words.ConvertAll(pieces.OfWord);
        var vectors = new float[words.Count][];
        using var options = new SessionOptions { IntraOpNumThreads = 1 };
        using var session = new InferenceSession(encoder.Model, options);
        using var run = new RunOptions();
        foreach (var length in Enumerable.Range(0, words.Count).GroupBy(i => ids[i].Length))
        {
            foreach (var batch in length.Chunk(Batch))
            {
                long[] shape = [batch.Length, length.Key];
                long[] input = [.. batch.SelectMany(i => ids[i]).Select(id => (long)id)];
                using var inputs = OrtValue.CreateTensorValueFromMemory(input, shape);
                using var mask = OrtValue.CreateTensorValueFromMemory(Enumerable.Repeat(1L, input.Length).ToArray(), shape);
                using var kinds = OrtValue.CreateTensorValueFromMemory(new long[input.Length], shape);
                using var outputs = session.Run(run, ["input_ids", "attention_mask", "token_type_ids"], [inputs, mask, kinds], ["last_hidden_state"]);
                var hidden = outputs[0].GetTensorDataAsSpan<float>();
                for (var i = 0; i < batch.Length; i++) vectors[batch[i]] = UnitMean(hidden.Slice(i * length.Key * PretrainedEncoder.Width, length.Key * PretrainedEncoder.Width), length.Key);
            }
        }

        return vectors;
    }

    private static float[] UnitMean(ReadOnlySpan<float> rows, int count)
    {
        var mean = new float[PretrainedEncoder.Width];
        for (var i = 0; i < rows.Length; i++) mean[i % mean.Length] += rows[i] / count;
        var square = 0f;
        foreach (var number in mean) square += number * number;
        var scale = 1 / MathF.Sqrt(square);
        for (var i = 0; i < mean.Length; i++) mean[i] *= scale;
        return mean;
    }
}
