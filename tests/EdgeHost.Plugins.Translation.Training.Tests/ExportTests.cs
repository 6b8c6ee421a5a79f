using EdgeHost.Plugins.Translation.Training.Export;
using EdgeHost.Plugins.Translation.Training.Rows;
using EdgeHost.Plugins.Translation.Training.Weights;
using EdgeHost.TestKit;
using EdgeHost.Training.Steps;
using Microsoft.ML.OnnxRuntime;
using Microsoft.ML.OnnxRuntime.Tensors;

namespace EdgeHost.Plugins.Translation.Training.Tests;

/// <summary>Whether a model's files compute what was trained.</summary>
public class ExportTests
{
    private const float Tolerance = 1e-4f;

    private static readonly EncodedPair Pair = Tiny.Pairs(50, 4).MaxBy(pair => pair.Target.Length)!;

    [Fact]
    public void Files_OfFloats_HaveTheScoresOfTraining()
    {
        using var step = Tiny.Step(batch: 1);
        var weights = Tiny.Rounded(step);

        var scores = Scores(weights, isSmall: false, isStepwise: false);

        AssertNear(Expected(step), scores, Tolerance);
    }

    [Fact]
    public void Files_StepByStepWithTheirCaches_HaveTheSameScores()
    {
        using var step = Tiny.Step(batch: 1);
        var weights = Tiny.Rounded(step);

        AssertNear(Expected(step), Scores(weights, isSmall: false, isStepwise: true), Tolerance);
        AssertNear(Scores(weights, isSmall: true, isStepwise: false), Scores(weights, isSmall: true, isStepwise: true), 0.1f);
    }

    [Fact]
    public void Files_OfEightBits_AreNear()
    {
        using var step = Tiny.Step(batch: 1);
        var weights = Tiny.Rounded(step);

        AssertNear(Expected(step), Scores(weights, isSmall: true, isStepwise: false), 0.2f);
    }

    [Fact]
    public void Files_PiecesThatNoTranslationHas_NeverComeOut()
    {
        using var step = Tiny.Step(batch: 1);

        var scores = Scores(Tiny.Rounded(step), isSmall: false, isStepwise: false);

        var never = Enumerable.Range(0, Tiny.Shape.Vocabulary).Where(id => Tiny.Order.PlaceOf(id) >= Tiny.Order.Targets).ToList();
        Assert.Contains(Tiny.Shape.Pad, never);
        Assert.All(never, id => Assert.True(scores[0][id] < -1_000));
    }

    [Theory]
    [InlineData(false, 0)]
    [InlineData(true, 0.02)]
    public void Reader_OfAFolder_GivesTheNumbersBack(bool isSmall, double tolerance)
    {
        using var folder = new TempFolder();
        using var step = Tiny.Step();
        var weights = Tiny.Rounded(step);
        var ending = isSmall ? ModelFolder.SmallEnding : ModelFolder.Ending;
        File.WriteAllBytes(folder.Combine("encoder_model" + ending), EncoderFile.Build(weights, Tiny.Shape, isSmall));
        File.WriteAllBytes(folder.Combine("decoder_model_merged" + ending), DecoderFile.Build(weights, Tiny.Shape, isSmall));

        var read = WeightReader.Read(folder.Path, Tiny.Shape);

        Assert.Equal(weights.Names.Order(StringComparer.Ordinal), read.Names.Order(StringComparer.Ordinal));
        foreach (var name in weights.Names)
        {
            var most = weights[name].Max(Math.Abs) * tolerance;
            Assert.All(weights[name].Zip(read[name]), pair => Assert.InRange(Math.Abs(pair.First - pair.Second), 0, most));
        }
    }

    private static void AssertNear(float[][] expected, float[][] actual, float tolerance)
    {
        Assert.Equal(expected.Length, actual.Length);
        for (var position = 0; position < expected.Length; position++)
        {
            for (var id = 0; id < Tiny.Shape.Vocabulary; id++)
            {
                if (Tiny.Order.PlaceOf(id) < Tiny.Order.Targets) Assert.Equal(expected[position][id], actual[position][id], tolerance);
            }
        }
    }

    private static float[][] Expected(TrainingStep step)
    {
        using var evaluation = new EvaluationStep(step);
        Tiny.Data([Pair]).Fill([0], evaluation.Batch);
        evaluation.Run();
        var scores = evaluation.Outputs.ToArray();
        return [.. Enumerable.Range(0, Pair.Target.Length).Select(position => Enumerable.Range(0, Tiny.Shape.Vocabulary)
            .Select(id => Tiny.Order.PlaceOf(id) is var place && place < Tiny.Order.Targets ? scores[(position * Tiny.Order.Targets) + place] : float.NegativeInfinity).ToArray())];
    }

    // As a plugin runs them, with padding.
    private static float[][] Scores(ModelWeights weights, bool isSmall, bool isStepwise)
    {
        using var encoder = new InferenceSession(EncoderFile.Build(weights, Tiny.Shape, isSmall));
        using var decoder = new InferenceSession(DecoderFile.Build(weights, Tiny.Shape, isSmall));
        int[] input = [Tiny.Shape.Pad, .. Pair.Target[..^1]];
        var length = Pair.Source.Length + 2;
        var ids = new DenseTensor<long>([1, length]);
        var mask = new DenseTensor<long>([1, length]);
        ids.Fill(Tiny.Shape.Pad);
        for (var i = 0; i < Pair.Source.Length; i++) (ids[0, i], mask[0, i]) = (Pair.Source[i], 1);
        using var encoded = encoder.Run([NamedOnnxValue.CreateFromTensor("input_ids", ids), NamedOnnxValue.CreateFromTensor("attention_mask", mask)]);
        var caches = decoder.InputNames.Where(name => name.StartsWith("past_key_values.", StringComparison.Ordinal))
            .ToDictionary(name => name, _ => (Tensor<float>)new DenseTensor<float>([1, Tiny.Shape.Heads, 0, Tiny.Shape.HeadWidth]));
        var scores = new List<float[]>();
        foreach (var some in isStepwise ? input.Chunk(1) : [input])
        {
            var isFirst = scores.Count == 0;
            using var outputs = decoder.Run(
            [
                NamedOnnxValue.CreateFromTensor("encoder_attention_mask", mask),
                NamedOnnxValue.CreateFromTensor("input_ids", new DenseTensor<long>(Array.ConvertAll(some, id => (long)id), [1, some.Length])),
                NamedOnnxValue.CreateFromTensor("encoder_hidden_states", encoded[0].AsTensor<float>()),
                NamedOnnxValue.CreateFromTensor("use_cache_branch", new DenseTensor<bool>(new[] { !isFirst }, [1])),
                .. caches.Select(cache => NamedOnnxValue.CreateFromTensor(cache.Key, cache.Value)),
            ]);
            foreach (var output in outputs)
            {
                if (output.Name == "logits") scores.AddRange(output.AsTensor<float>().ToArray().Chunk(Tiny.Shape.Vocabulary));
                else if (isFirst || output.Name.Contains(".decoder.", StringComparison.Ordinal)) caches[output.Name.Replace("present.", "past_key_values.", StringComparison.Ordinal)] = output.AsTensor<float>().ToDenseTensor();
            }
        }

        return [.. scores];
    }
}
