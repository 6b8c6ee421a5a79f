using EdgeHost.Plugins.Translation.Training.Rows;
using EdgeHost.Plugins.Translation.Training.Weights;
using EdgeHost.TestKit;
using EdgeHost.Training.Runs;
using EdgeHost.Training.Steps;

namespace EdgeHost.Plugins.Translation.Training.Tests;

/// <summary>How the network learns.</summary>
public class TrainingTests
{
    [Fact]
    public async Task RunAsync_PairsOfALanguage_AreLearned()
    {
        using var step = Tiny.Step(batch: 8);
        using var held = new HeldLoss(step, Tiny.Data(Tiny.Pairs(60, 9)));
        var before = held.Measure();

        await RunAsync(step, steps: 300, checkpoint: null, CancellationToken.None);

        Assert.InRange(before, 1.8, 4);
        Assert.InRange(held.Measure(), 0.3, 0.6 * before);
    }

    [Fact]
    public async Task RunAsync_WithEachRowTwice_LearnsPairsAndToAnswerAlike()
    {
        using var step = Tiny.Step(batch: 8, dropout: 0.1f, consistency: 5);
        using var held = new HeldLoss(step, new TwinRows(Tiny.Data(Tiny.Pairs(60, 9))));
        var before = held.Measure();

        await RunAsync(step, steps: 300, checkpoint: null, CancellationToken.None, areTwins: true);

        Assert.InRange(before, 1.8, 4);
        Assert.InRange(held.Measure(), 0.3, 0.7 * before);
    }

    [Fact]
    public void TwinRows_OfABatch_AreTheSameInBothHalves()
    {
        using var step = Tiny.Step(batch: 6, consistency: 5);
        var rows = Tiny.Data(Tiny.Pairs(60, 9));

        new TwinRows(rows).Fill([4, 2, 0, 1, 3, 5], step.Batch);

        var targets = step.Batch.Integers(Networks.MarianNetwork.Target).ToArray();
        var half = targets.AsSpan(targets.Length / 2);
        Assert.Equal(half.ToArray(), targets.AsSpan(0, half.Length).ToArray());
        rows.Fill([4, 2, 0, 1, 3, 5], step.Batch);
        Assert.Equal(half.ToArray(), step.Batch.Integers(Networks.MarianNetwork.Target)[..half.Length].ToArray());
        Assert.NotEqual(targets, step.Batch.Integers(Networks.MarianNetwork.Target).ToArray());
    }

    [Fact]
    public async Task RunAsync_AfterAnInterruption_ComesToTheSameBits()
    {
        using var folder = new TempFolder();
        using var whole = Tiny.Step(dropout: 0.1f);
        await RunAsync(whole, steps: 40, checkpoint: null, CancellationToken.None);

        // As the tool does it: a run to each look, and one that is stopped.
        using (var first = Tiny.Step(dropout: 0.1f))
        {
            await RunAsync(first, steps: 10, folder.Combine("run"), CancellationToken.None);
            using var stop = new CancellationTokenSource();
            await Assert.ThrowsAnyAsync<OperationCanceledException>(() => RunAsync(first, steps: 40, folder.Combine("run"), stop.Token, new StopAt(23, stop)));
            Assert.Equal(23, first.StepsDone);
        }

        using var second = Tiny.Step(dropout: 0.1f);
        await RunAsync(second, steps: 40, folder.Combine("run"), CancellationToken.None);

        Assert.Equal(40, second.StepsDone);
        Assert.All(whole.Parameters, parameter => Assert.Equal(whole.Values(parameter).ToArray(), second.Values(parameter).ToArray()));
    }

    [Fact]
    public void Begin_WithTheNumbersOfAnotherStep_IsThatStep()
    {
        using var step = Tiny.Step();
        using var other = new TrainingStep(Networks.MarianNetwork.Create(Tiny.Shape, Tiny.Order.Targets, Tiny.Length, 0, 0), new EdgeHost.Training.Optimisers.Sgd(), new StepOptions { Seed = 99 });

        StepWeights.Begin(other, StepWeights.Take(step, Tiny.Order, Tiny.Shape.Width), Tiny.Order, Tiny.Shape.Width);

        Assert.All(step.Parameters, parameter => Assert.Equal(step.Values(parameter).ToArray(), other.Values(other.Parameters.Single(one => one.Name == parameter.Name)).ToArray()));
    }

    [Fact]
    public void Snapshots_TheLastOnes_AreReadAndTheirMeanMade()
    {
        using var folder = new TempFolder();
        for (var i = 1; i <= 3; i++) Snapshots.Write(folder.Path, Math.Min(i * 10, 25), new ModelWeights { ["a"] = [i, -i], ["b"] = [2 * i] });

        var mean = ModelWeights.Mean(Snapshots.ReadLast(folder.Path, steps: 25, every: 10, count: 2));

        Assert.Equal([2.5f, -2.5f], mean["a"]);
        Assert.Equal([5f], mean["b"]);
    }

    private static async Task RunAsync(TrainingStep step, long steps, string? checkpoint, CancellationToken cancellationToken, IProgress<TrainingProgress>? progress = null, bool areTwins = false)
    {
        var options = new TrainingRunOptions
        {
            Steps = steps,
            Schedule = new LearningRateSchedule { Rate = 0.01f, WarmUpSteps = 10, CosineSteps = 300 },
            CheckpointPath = checkpoint,
            CheckpointEvery = 7,
            ReportEvery = 1,
        };
        var rows = Tiny.Data(Tiny.Pairs(400, 1));
        using var run = new TrainingRun(step, areTwins ? new TwinRows(rows) : rows, options);
        await run.RunAsync(progress, cancellationToken);
    }

    private sealed class StopAt(long step, CancellationTokenSource stop) : IProgress<TrainingProgress>
    {
        public void Report(TrainingProgress value)
        {
            if (value.Step == step) stop.Cancel();
        }
    }
}
