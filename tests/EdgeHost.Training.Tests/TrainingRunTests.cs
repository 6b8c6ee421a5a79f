using EdgeHost.TestKit;
using EdgeHost.Training.Data;
using EdgeHost.Training.Optimisers;
using EdgeHost.Training.Runs;
using EdgeHost.Training.Steps;

namespace EdgeHost.Training.Tests;

public class TrainingRunTests
{
    private static readonly StepOptions Step = new() { BatchSize = 16, ClipNorm = 1, Seed = 5 };

    public static TheoryData<Optimiser> Optimisers => [new Adam(), new AdamW(), new Sgd { Momentum = 0.9f, L2 = 1e-3f }, new Sgd()];

    [Theory]
    [MemberData(nameof(Optimisers))]
    public async Task RunAsync_AfterInterruptions_ComesToTheSameBits(Optimiser optimiser)
    {
        using var folder = new TempFolder();
        var path = Path.Combine(folder.Path, "run.checkpoint");
        var schedule = new LearningRateSchedule { Rate = 0.01f, WarmUpSteps = 20, CosineSteps = 300 };
        var options = new TrainingRunOptions { Steps = 300, Schedule = schedule, ValidateEvery = 50, CheckpointEvery = 70 };
        var (whole, wholeOutcome) = await RunAsync(optimiser, options, int.MaxValue);

        // The second falls into a validation.
        foreach (var interruption in new[] { 33, 19, 53, 90 })
        {
            await Assert.ThrowsAnyAsync<OperationCanceledException>(() => RunAsync(optimiser, options with { CheckpointPath = path }, interruption));
        }

        var (resumed, outcome) = await RunAsync(optimiser, options with { CheckpointPath = path }, int.MaxValue);
        Assert.Equal(whole, resumed);
        Assert.Equal(wholeOutcome, outcome);
    }

    [Fact]
    public async Task RunAsync_WithPatience_StopsAndHasTheBestParameters()
    {
        using var step = new TrainingStep(Samples.Classifier(), new Adam(), Step);
        var validation = Samples.Clouds(48, 2);
        // So high a rate gets worse again.
        var options = new TrainingRunOptions { Steps = 5_000, Schedule = new LearningRateSchedule { Rate = 0.05f }, ValidateEvery = 20, Patience = 5 };
        using var run = new TrainingRun(step, Samples.Clouds(32, 1), options, validation);
        var reports = new Recorder();

        var outcome = await run.RunAsync(reports, CancellationToken.None);

        Assert.True(outcome.StoppedEarly);
        Assert.Equal(outcome.BestStep + (5 * 20), outcome.Steps);
        Assert.Equal(outcome.BestValidationLoss, reports.All.Where(report => report.ValidationLoss is not null).Min(report => report.ValidationLoss));
        using var evaluation = new EvaluationStep(step);
        var sum = 0f;
        for (var i = 0; i < 48; i += 16)
        {
            validation.Fill([.. Enumerable.Range(i, 16)], evaluation.Batch);
            sum += evaluation.Run();
        }

        Assert.Equal(outcome.BestValidationLoss!.Value, sum / 3, 5);
    }

    [Fact]
    public async Task RunAsync_WithANumberThatIsNone_NamesTheStepAndKeepsTheCheckpoint()
    {
        using var folder = new TempFolder();
        var path = Path.Combine(folder.Path, "run.checkpoint");
        var options = new TrainingRunOptions { Steps = 200, CheckpointPath = path, CheckpointEvery = 10 };
        using var step = new TrainingStep(Samples.Classifier(), new Adam(), Step);
        using var run = new TrainingRun(step, new BrokenData(Samples.Clouds(64, 1), after: 25), options);

        var error = await Assert.ThrowsAsync<TrainingDivergedException>(() => run.RunAsync(null, CancellationToken.None));

        Assert.Equal(26, error.Step);
        Assert.Equal(25, step.StepsDone);
        Assert.All(Samples.Bits(step), bits => Assert.True(float.IsFinite(BitConverter.UInt32BitsToSingle(bits))));
        using var again = new TrainingStep(Samples.Classifier(), new Adam(), Step);
        using var resumed = new TrainingRun(again, Samples.Clouds(64, 1), options with { Steps = 20 });
        Assert.Equal(20, (await resumed.RunAsync(null, CancellationToken.None)).Steps);
    }

    [Fact]
    public async Task RunAsync_WithARateFarTooHigh_EndsAsExploded()
    {
        var options = new TrainingRunOptions { Steps = 2_000, Schedule = new LearningRateSchedule { Rate = 500 }, ExplosionFactor = 20 };
        using var step = new TrainingStep(Samples.Classifier(), new Sgd(), Step with { ClipNorm = 0 });
        using var run = new TrainingRun(step, Samples.Clouds(64, 1), options);

        var error = await Assert.ThrowsAsync<TrainingDivergedException>(() => run.RunAsync(null, CancellationToken.None));

        Assert.Contains("grew to", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task RunAsync_WithALabelOutOfRange_SaysWhichStep()
    {
        using var step = new TrainingStep(Samples.Classifier(classes: 2), new Adam(), Step);
        using var run = new TrainingRun(step, Samples.Clouds(64, 1), new TrainingRunOptions { Steps = 5 });

        var error = await Assert.ThrowsAsync<EdgeHostException>(() => run.RunAsync(null, CancellationToken.None));

        Assert.Equal(ErrorCode.InvalidArgument, error.Code);
        Assert.Contains("Step 1 ", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Restarts_OnANetworkThatSticks_FindASeedThatDoesNot()
    {
        var data = new ArrayData(4).Add("x", [0f, 0, 0, 1, 1, 0, 1, 1]).Add("target", [0f, 1, 1, 0]);
        var options = new TrainingRunOptions { Steps = 800, Schedule = new LearningRateSchedule { Rate = 0.1f } };

        var (step, outcome) = await Restarts.RunAsync(
            1,
            10,
            0.03f,
            seed => new TrainingStep(XorTests.Xor("mse"), new Adam(), new StepOptions { BatchSize = 4, Seed = seed }),
            async (step, cancellationToken) =>
            {
                using var run = new TrainingRun(step, data, options);
                return await run.RunAsync(null, cancellationToken);
            },
            CancellationToken.None);

        step.Dispose();
        Assert.InRange(outcome.Loss, 0, 0.03f);
    }

    private static async Task<(uint[] Bits, TrainingOutcome Outcome)> RunAsync(Optimiser optimiser, TrainingRunOptions options, int mostSteps)
    {
        using var step = new TrainingStep(Samples.Classifier(dropout: 0.2f), optimiser, Step);
        using var stop = new CancellationTokenSource();
        using var run = new TrainingRun(step, Samples.Clouds(100, 1), options, Samples.Clouds(40, 2), new StoppingRunner(mostSteps, stop));
        var outcome = await run.RunAsync(null, stop.Token);
        return (Samples.Bits(step), outcome);
    }

    /// <summary>Cancels after some runs, be they steps or validations, and goes on on other threads.</summary>
    private sealed class StoppingRunner(int most, CancellationTokenSource stop) : ITrainingStepRunner
    {
        private int _runs;

        public async ValueTask RunAsync(Func<CancellationToken, bool> step, CancellationToken cancellationToken)
        {
            bool goesOn;
            do
            {
                cancellationToken.ThrowIfCancellationRequested();
                if (_runs++ % 40 == 0) await Task.Yield();
                goesOn = step(CancellationToken.None);
                if (_runs >= most) await stop.CancelAsync();
            }
            while (goesOn);
        }
    }

    private sealed class BrokenData(ArrayData inner, int after) : ITrainingData
    {
        private int _fills;

        public int Count => inner.Count;

        public string Hash => inner.Hash;

        public void Fill(ReadOnlySpan<int> examples, BatchBuffers batch)
        {
            inner.Fill(examples, batch);
            if (_fills++ == after) batch.Floats("x")[3] = float.NaN;
        }
    }

    private sealed class Recorder : IProgress<TrainingProgress>
    {
        public List<TrainingProgress> All { get; } = [];

        public void Report(TrainingProgress value) => All.Add(value);
    }
}
