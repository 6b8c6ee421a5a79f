using EdgeHost.Training.Layers;
using EdgeHost.Training.Losses;
using EdgeHost.Training.Networks;
using EdgeHost.Training.Optimisers;
using EdgeHost.Training.Steps;

namespace EdgeHost.Training.Tests;

/// <summary>The loss of two answers to the same examples.</summary>
public class DisagreementTests
{
    [Fact]
    public void Run_OfTwoAnswers_IsTheSumOfBothDivergences()
    {
        using var step = new TrainingStep(Create(), new Sgd(), new StepOptions { BatchSize = 4, Seed = 5 });
        using var evaluation = new EvaluationStep(step);
        float[] x = [1, -2, 0.5f, 3, -1, 0.25f, 2, 0];
        x.CopyTo(evaluation.Batch.Floats("x"));
        float[] weights = [1, 3, 0, 0];
        weights.CopyTo(evaluation.Batch.Floats("weights"));

        var loss = evaluation.Run();

        var logits = evaluation.Outputs.ToArray();
        var expected = (Divergences(Shares(logits, 0), Shares(logits, 2)) + (3 * Divergences(Shares(logits, 1), Shares(logits, 3)))) / 4;
        Assert.InRange(expected, 0.05, 20);
        Assert.Equal(expected, loss, 1e-4 * expected);
    }

    [Fact]
    public void Create_WithAnOddBatch_SaysSo()
    {
        var error = Assert.Throws<EdgeHostException>(() => new TrainingStep(Create(), new Sgd(), new StepOptions { BatchSize = 3 }));

        Assert.Equal(ErrorCode.InvalidArgument, error.Code);
        Assert.Contains("a batch of 3", error.Message, StringComparison.Ordinal);
    }

    private static Network Create() => new(
        net => net.Linear("out", net.Input("x", ElementType.Float32, 2), 3),
        (net, output) => net.Disagreement(output, net.Input("weights", ElementType.Float32)));

    private static double[] Shares(float[] logits, int row)
    {
        var powers = Array.ConvertAll(logits[(row * 3)..((row + 1) * 3)], value => Math.Exp(value));
        return Array.ConvertAll(powers, power => power / powers.Sum());
    }

    private static double Divergences(double[] p, double[] q) => p.Zip(q, (a, b) => (a * Math.Log(a / b)) + (b * Math.Log(b / a))).Sum();
}
