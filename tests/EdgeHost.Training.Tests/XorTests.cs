using EdgeHost.Training.Layers;
using EdgeHost.Training.Losses;
using EdgeHost.Training.Networks;
using EdgeHost.Training.Operators;
using EdgeHost.Training.Optimisers;
using EdgeHost.Training.Steps;

namespace EdgeHost.Training.Tests;

/// <summary>The example of the mission: 2-3-1, sigmoid and sigmoid.</summary>
public class XorTests
{
    public static TheoryData<string, Optimiser, float, int> Recipes => new()
    {
        { "bce", new Adam(), 0.1f, 800 },
        { "logits", new Adam(), 0.1f, 800 },
        { "mse", new Adam(), 0.1f, 800 },
        { "bce", new Sgd { Momentum = 0.9f }, 0.5f, 2_000 },
        { "mse", new Sgd { Momentum = 0.9f }, 1f, 4_000 },
        { "bce", new AdamW { WeightDecay = 1e-4f }, 0.1f, 800 },
    };

    [Theory]
    [MemberData(nameof(Recipes))]
    public void Run_OnExclusiveOr_LearnsIt(string loss, Optimiser optimiser, float rate, int steps)
    {
        using var step = new TrainingStep(Xor(loss), optimiser, new StepOptions { BatchSize = 4, Seed = 3 });
        Fill(step.Batch);
        var result = default(StepResult);

        for (var i = 0; i < steps; i++) result = step.Run(rate);

        using var evaluation = new EvaluationStep(step);
        Fill(evaluation.Batch);
        Assert.InRange(evaluation.Run(), 0, 0.03f);
        Assert.InRange(result.Loss, 0, 0.03f);
        var border = loss == "logits" ? 0 : 0.5f;
        Assert.Equal([false, true, true, false], evaluation.Outputs.ToArray().Select(value => value > border));
    }

    internal static Network Xor(string loss) => new(
        net =>
        {
            var hidden = net.Sigmoid(net.Linear("hidden", net.Input("x", ElementType.Float32, 2), 3));
            var output = net.Linear("output", hidden, 1);
            return loss == "logits" ? output : net.Sigmoid(output);
        },
        (net, output) =>
        {
            var target = net.Input("target", ElementType.Float32, 1);
            return loss switch
            {
                "bce" => net.BinaryCrossEntropy(output, target),
                "logits" => net.BinaryCrossEntropyOfLogits(output, target),
                _ => net.MeanSquaredError(output, target),
            };
        });

    internal static void Fill(BatchBuffers batch)
    {
        float[] inputs = [0, 0, 0, 1, 1, 0, 1, 1];
        float[] targets = [0, 1, 1, 0];
        inputs.CopyTo(batch.Floats("x"));
        targets.CopyTo(batch.Floats("target"));
    }
}
