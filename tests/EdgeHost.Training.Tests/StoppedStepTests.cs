using EdgeHost.Training.Optimisers;
using EdgeHost.Training.Steps;

namespace EdgeHost.Training.Tests;

public class StoppedStepTests
{
    [Fact]
    public void Run_ThatIsStopped_ChangesNothing_AndCanBeDoneAgain()
    {
        using var step = new TrainingStep(XorTests.Xor("bce"), new Adam(), new StepOptions { BatchSize = 4, Seed = 3 });
        using var other = new TrainingStep(XorTests.Xor("bce"), new Adam(), new StepOptions { BatchSize = 4, Seed = 3 });
        XorTests.Fill(step.Batch);
        XorTests.Fill(other.Batch);
        var before = Samples.Bits(step);

        Assert.ThrowsAny<OperationCanceledException>(() => step.Run(0.1f, new CancellationToken(canceled: true)));

        Assert.Equal(before, Samples.Bits(step));
        Assert.Equal(0, step.StepsDone);
        Assert.Equal(other.Run(0.1f), step.Run(0.1f));
        Assert.Equal(Samples.Bits(other), Samples.Bits(step));
    }

    // So long a run saturates the sigmoid, which rounds to a little more than 1.
    [Fact]
    public void Run_LongAfterItIsLearned_StaysANumber()
    {
        using var step = new TrainingStep(XorTests.Xor("bce"), new Adam(), new StepOptions { BatchSize = 4, Seed = 3 });
        XorTests.Fill(step.Batch);

        for (var i = 0; i < 30_000; i++) Assert.True(step.Run(0.1f).IsFinite, $"step {i + 1}");
    }
}
