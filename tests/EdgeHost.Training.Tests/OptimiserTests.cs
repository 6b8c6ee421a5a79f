using EdgeHost.Training.Networks;
using EdgeHost.Training.Operators;
using EdgeHost.Training.Optimisers;
using EdgeHost.Training.Runs;
using EdgeHost.Training.Steps;

namespace EdgeHost.Training.Tests;

/// <summary>The optimisers against their formulas, computed by hand in double precision, and the schedule.</summary>
public class OptimiserTests
{
    private const float Rate = 0.1f;

    // The loss 3·w + 2·b has the gradients 3 and 2 wherever it is.
    private static readonly Network Slope = new(
        net => net.Add(
            net.Multiply(net.Parameter("w", new TensorShape(1), Initialisation.Ones), net.Sum(net.Input("slope", ElementType.Float32))),
            net.Scale(net.Parameter("b", new TensorShape(1), Initialisation.Ones, decays: false), 2)),
        (net, output) => net.Sum(output));

    [Fact]
    public void Sgd_WithMomentumAndL2_FollowsItsFormula()
    {
        var (w, b) = Run(new Sgd { Momentum = 0.5f, L2 = 0.1f }, 3);

        double weight = 1, velocity = 0;
        for (var i = 0; i < 3; i++)
        {
            velocity = (0.5 * velocity) + 3 + (0.1 * weight);
            weight -= Rate * velocity;
        }

        Assert.Equal(weight, w, 5);
        Assert.Equal(1 - (Rate * 2 * (1 + 1.5 + 1.75)), b, 5);
    }

    [Theory]
    [InlineData(0, 0)]
    [InlineData(0.1, 0)]
    [InlineData(0, 0.2)]
    public void Adam_FollowsItsFormula(double l2, double decay)
    {
        var (w, b) = Run(decay > 0 ? new AdamW { WeightDecay = (float)decay } : new Adam { L2 = (float)l2 }, 4);

        Assert.Equal(ByHand(3, l2, decay), w, 5);
        Assert.Equal(ByHand(2, 0, 0), b, 5);

        static double ByHand(double slope, double l2, double decay)
        {
            double value = 1, mean = 0, spread = 0;
            for (var step = 1; step <= 4; step++)
            {
                var gradient = slope + (l2 * value);
                mean = (0.9 * mean) + (0.1 * gradient);
                spread = (0.999 * spread) + (0.001 * gradient * gradient);
                value = (value * (1 - (Rate * decay))) - (Rate * (mean / (1 - Math.Pow(0.9, step))) / Math.Sqrt(spread / (1 - Math.Pow(0.999, step))));
            }

            return value;
        }
    }

    [Theory]
    [InlineData(1, 1 / 3.605551)]
    [InlineData(5, 1)]
    [InlineData(0, 1)]
    public void Run_WithClipping_ShortensTheWholeGradient(double bound, double factor)
    {
        using var step = Create(new Sgd(), (float)bound);

        var result = step.Run(Rate);

        Assert.Equal(Math.Sqrt(13), result.GradientNorm, 4);
        Assert.Equal(1 - (Rate * 3 * factor), step.Values(step.Parameters[0])[0], 5);
        Assert.Equal(1 - (Rate * 2 * factor), step.Values(step.Parameters[1])[0], 5);
    }

    [Fact]
    public void At_RisesInALineAndFallsInACosine()
    {
        var schedule = new LearningRateSchedule { Rate = 2, WarmUpSteps = 10, CosineSteps = 110, FinalShare = 0.1f };

        Assert.Equal(0.2f, schedule.At(1), 1e-5f);
        Assert.Equal(2f, schedule.At(10), 1e-5f);
        Assert.Equal(1.1f, schedule.At(60), 1e-5f);
        Assert.Equal(0.2f, schedule.At(110), 1e-5f);
        Assert.Equal(0.2f, schedule.At(10_000), 1e-5f);
        Assert.Equal(2f, (schedule with { CosineSteps = 0 }).At(10_000));
    }

    [Fact]
    public void Create_WithASettingOutOfRange_NamesIt()
    {
        Assert.Contains("Momentum is 1", Refused(() => Create(new Sgd { Momentum = 1 }, 0)), StringComparison.Ordinal);
        Assert.Contains("Beta2 is -1", Refused(() => Create(new Adam { Beta2 = -1 }, 0)), StringComparison.Ordinal);
        Assert.Contains("WeightDecay", Refused(() => Create(new AdamW { WeightDecay = float.NaN }, 0)), StringComparison.Ordinal);
        Assert.Contains("ClipNorm is -1", Refused(() => Create(new Sgd(), -1)), StringComparison.Ordinal);

        static string Refused(Func<IDisposable> create) => Assert.Throws<EdgeHostException>(create).Message;
    }

    private static TrainingStep Create(Optimiser optimiser, float clipNorm)
    {
        var step = new TrainingStep(Slope, optimiser, new StepOptions { BatchSize = 1, ClipNorm = clipNorm });
        step.Batch.Floats("slope")[0] = 3;
        return step;
    }

    private static (double W, double B) Run(Optimiser optimiser, int steps)
    {
        using var step = Create(optimiser, 0);
        for (var i = 0; i < steps; i++) step.Run(Rate);
        return (step.Values(step.Parameters[0])[0], step.Values(step.Parameters[1])[0]);
    }
}
