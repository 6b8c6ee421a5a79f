using EdgeHost.Plugins.Vision.Training.Vectors;
using EdgeHost.Training.Data;
using EdgeHost.Training.Layers;
using EdgeHost.Training.Losses;
using EdgeHost.Training.Networks;
using EdgeHost.Training.Optimisers;
using EdgeHost.Training.Runs;
using EdgeHost.Training.Steps;

namespace EdgeHost.Plugins.Vision.Training.Scenes;

/// <summary>Trains the head by the host's own engine: inputs brought to mean 0 and deviation 1, dropout, one linear layer. No state.</summary>
internal static class SceneTrainer
{
    private const int Batch = 64;
    private const int Rounds = 30;
    // A head that goes on knows what is no longer there to learn from: it is moved a little, and not drawn to zero.
    private const int RoundsOn = 6;
    private const float RateOn = 2e-4f;
    private const int Patience = 8;
    private const int ValidationsOfARound = 2;
    private const float Smoothing = 0.05f;
    // Added to each deviation, so that a number that hardly ever changes cannot outweigh all others once it does.
    private const float LeastDeviation = 2e-3f;

    /// <summary>Trains.</summary>
    /// <param name="split">The pictures.</param>
    /// <param name="labels">The classes.</param>
    /// <param name="begin">A head of the same classes to go on from, whose means and scales are kept; null: from nothing.</param>
    public static async Task<SceneLinear> TrainAsync(SceneSplit split, IReadOnlyList<string> labels, SceneLinear? begin)
    {
        var (mean, scale) = begin is null ? Statistics([.. split.Training.Select(static vector => SceneLinear.Part(vector.Values))]) : (begin.Mean, begin.Scale);
        var rounds = begin is null ? Rounds : RoundsOn;
        var network = new Network(
            net => net.Linear("head", net.Dropout("drop", net.Input("x", ElementType.Float32, SceneLinear.Width), 0.3f), labels.Count),
            (net, logits) => net.CrossEntropy(logits, net.Input("label", ElementType.Int64), Smoothing));
        using var step = new TrainingStep(network, new AdamW { WeightDecay = begin is null ? 0.5f : 0 }, new StepOptions { BatchSize = Batch, ClipNorm = 1, Seed = 1 });
        begin?.Weight.CopyTo(Values("head/weight"));
        begin?.Bias.CopyTo(Values("head/bias"));
        var perRound = split.Training.Count / Batch;
        var options = new TrainingRunOptions
        {
            Steps = rounds * perRound,
            Schedule = new LearningRateSchedule { Rate = begin is null ? 1e-3f : RateOn, WarmUpSteps = perRound, CosineSteps = rounds * perRound },
            ValidateEvery = perRound / ValidationsOfARound,
            Patience = Patience,
            ReportEvery = perRound,
        };
        using (var run = new TrainingRun(step, Data(split.Training), options, Data(split.Validation)))
        {
            var outcome = await run.RunAsync(null, CancellationToken.None).ConfigureAwait(false);
            Console.WriteLine($"best of step {outcome.BestStep} of {outcome.Steps}: validation loss {outcome.BestValidationLoss:F4}");
        }

        return new SceneLinear(labels, mean, scale, Values("head/weight").ToArray(), Values("head/bias").ToArray());

        Span<float> Values(string name) => step.Values(step.Parameters.First(parameter => parameter.Name == name));

        ArrayData Data(IReadOnlyList<LabelledVector> vectors)
            => new ArrayData(vectors.Count)
                .Add("x", [.. vectors.SelectMany(vector => SceneLinear.Standardise(SceneLinear.Part(vector.Values), mean, scale))])
                .Add("label", [.. vectors.Select(vector => (long)labels.ToList().IndexOf(vector.Label))]);
    }

    private static (float[] Mean, float[] Scale) Statistics(float[][] inputs)
    {
        var (mean, scale) = (new float[SceneLinear.Width], new float[SceneLinear.Width]);
        for (var i = 0; i < mean.Length; i++)
        {
            mean[i] = (float)inputs.Average(input => (double)input[i]);
            scale[i] = 1 / ((float)Math.Sqrt(inputs.Average(input => Math.Pow(input[i] - mean[i], 2))) + LeastDeviation);
        }

        return (mean, scale);
    }
}
