using System.Collections.Concurrent;
using CsCheck;
using EdgeHost.PluginSdk;
using EdgeHost.Runtime.Models;
using EdgeHost.Runtime.Scheduling;
using EdgeHost.TestKit;

namespace EdgeHost.Runtime.Tests.Scheduling;

/// <summary>Steps of one model that run as one.</summary>
public sealed class BatchingTests : IAsyncLifetime
{
    private static readonly ModelBatching Batching = new() { Axis = 0, MaxSize = 8 };

    private readonly SchedulerRig _rig = new();
    private readonly ConcurrentQueue<string> _shapes = new();

    public BatchingTests()
        => _rig.Engine.Describe("double", new SimulatedModel
        {
            OnRun = (step, _) =>
            {
                var x = step.Inputs[0].Value;
                _shapes.Enqueue(x.Shape.ToString());
                var content = x.AsSpan<float>();
                if (content.Contains(-1)) throw new EdgeHostException(ErrorCode.InvalidArgument, "A negative number.");
                var y = new SimulatedValue(ElementType.Float32, x.Shape);
                for (var i = 0; i < content.Length; i++)
                {
                    y.AsSpan<float>()[i] = 2 * content[i];
                }

                return [y];
            },
        });

    public Task InitializeAsync() => Task.CompletedTask;

    public async Task DisposeAsync() => await _rig.DisposeAsync();

    [Fact]
    public async Task RunAsync_StepsOfOneModelWait_RunAsOneAndEachGetsItsPart()
    {
        var completions = await RunBehindBlockerAsync([Step(1, 2, 1, 2), Step(1, 2, 3, 4), Step(2, 2, 5, 6, 7, 8)], Batching);

        Assert.Equal(["[4,2]"], _shapes);
        Assert.Equal([[2, 4], [6, 8], [10, 12, 14, 16]], completions.Select(Content));
        Assert.All(completions, completion => Assert.Equal(3, completion.Batch));
        Assert.Equal(new TensorShape(2, 2), completions[2].Outputs[0].Shape);
        Assert.Equal((1, 3, 4), (_rig.Queue.Batches, _rig.Queue.BatchedSteps, _rig.Queue.Completed));
    }

    [Fact]
    public async Task RunAsync_OtherShapesOrNoBatching_RunAlone()
    {
        await RunBehindBlockerAsync([Step(1, 2, 1, 2), Step(1, 3, 1, 2, 3)], Batching);
        await RunBehindBlockerAsync([Step(1, 2, 1, 2), Step(1, 2, 1, 2)], null);
        await RunBehindBlockerAsync([Step(9, 1, [.. new float[9]]), Step(1, 1, 1)], Batching);

        Assert.Equal(["[1,2]", "[1,3]", "[1,2]", "[1,2]", "[9,1]", "[1,1]"], _shapes);
    }

    [Fact]
    public async Task RunAsync_OneStepIsBad_FailsAlone()
    {
        var tasks = await StartBehindBlockerAsync([Step(1, 1, 1), Step(1, 1, -1), Step(1, 1, 3)], Batching);

        Assert.Equal(2f, Assert.Single(Content(await tasks[0])));
        Assert.Equal(ErrorCode.InvalidArgument, (await Assert.ThrowsAsync<EdgeHostException>(() => tasks[1])).Code);
        Assert.Equal(6f, Assert.Single(Content(await tasks[2])));
        Assert.Equal(["[3,1]", "[1,1]", "[1,1]", "[1,1]"], _shapes);
        Assert.Equal((0, 3, 1), (_rig.Queue.Batches, _rig.Queue.Completed, _rig.Queue.Failed));
    }

    [Fact]
    public async Task RunAsync_PaddedAxis_FillsUpAndCutsOff()
    {
        _rig.Engine.Describe("widths", new SimulatedModel
        {
            OnRun = (step, _) =>
            {
                // One entry of output for two of width, as a network with a stride has.
                var x = step.Inputs[0].Value;
                _shapes.Enqueue($"{x.Shape} {string.Join(' ', x.AsSpan<float>().ToArray())}");
                var y = new SimulatedValue(ElementType.Float32, new TensorShape(x.Shape[0], x.Shape[1] / 2));
                for (var i = 0; i < y.Shape.ElementCount; i++)
                {
                    y.AsSpan<float>()[i] = x.AsSpan<float>()[2 * i];
                }

                return [y];
            },
        });
        var batching = new ModelBatching { MaxSize = 4, PaddedAxes = [new PaddedAxis("x", 1, 9, "y", 1)] };

        var completions = await RunBehindBlockerAsync([Step(1, 2, 1, 2), Step(1, 4, 3, 4, 5, 6)], batching, "widths");

        Assert.Equal(["[2,4] 1 2 9 9 3 4 5 6"], _shapes);
        Assert.Equal([[1], [3, 5]], completions.Select(Content));
    }

    [Fact]
    public async Task RunAsync_OutputsDoNotFollowTheAxis_RunsOneByOneAndSaysSo()
    {
        _rig.Engine.Describe("sum", new SimulatedModel
        {
            OnRun = (step, _) =>
            {
                var sum = 0f;
                foreach (var x in step.Inputs[0].Value.AsSpan<float>())
                {
                    sum += x;
                }

                return [SimulatedValue.Of(new TensorShape(), sum)];
            },
        });

        var completions = await RunBehindBlockerAsync([Step(1, 1, 1), Step(1, 1, 2)], Batching, "sum");

        Assert.Equal([1f, 2f], completions.Select(completion => completion.Outputs[0].AsSpan<float>()[0]));
        Assert.Contains(_rig.Runtime.Log.Lines, line => line.Text.Contains("do not follow the batch axis", StringComparison.Ordinal));
    }

    [Fact]
    public async Task RunAsync_OneOfABatchIsCancelled_TheOthersDoNotNotice()
    {
        var gate = _rig.Block("blocker");
        using var inRun = new ManualResetEventSlim();
        _rig.Engine.Describe("slow", new SimulatedModel
        {
            OnRun = (step, token) =>
            {
                inRun.Wait(token);
                return [SimulatedValue.Of(step.Inputs[0].Value.Shape, (ReadOnlySpan<float>)step.Inputs[0].Value.AsSpan<float>())];
            },
        });
        var blocker = await _rig.StartAsync(await _rig.RequestAsync("blocker"));
        using var cancellation = new CancellationTokenSource();
        var first = _rig.Scheduler.RunAsync(await _rig.RequestAsync("slow", batching: Batching, step: Step(1, 1, 1)), cancellation.Token);
        var second = _rig.Scheduler.RunAsync(await _rig.RequestAsync("slow", batching: Batching, step: Step(1, 1, 2)), CancellationToken.None);
        gate.Set();
        await blocker;
        await _rig.Engine.WaitUntilAsync(() => _rig.Engine.RunsStarted == 2);

        await cancellation.CancelAsync();
        Assert.False(second.IsCompleted);
        inRun.Set();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => first);
        Assert.Equal(2f, Assert.Single(Content(await second)));
    }

    [Fact]
    public async Task RunAsync_AllOfABatchAreCancelled_StopsTheRun()
    {
        var gate = _rig.Block("blocker");
        _rig.Block("slow");
        var blocker = await _rig.StartAsync(await _rig.RequestAsync("blocker"));
        using var cancellation = new CancellationTokenSource();
        var runs = new List<Task<StepCompletion>>();
        for (var i = 0; i < 3; i++)
        {
            runs.Add(_rig.Scheduler.RunAsync(await _rig.RequestAsync("slow", batching: Batching, step: Step(1, 1, 1)), cancellation.Token));
        }

        gate.Set();
        await blocker;
        await _rig.Engine.WaitUntilAsync(() => _rig.Engine.RunsStarted == 2);
        await cancellation.CancelAsync();

        foreach (var run in runs)
        {
            await Assert.ThrowsAnyAsync<OperationCanceledException>(() => run);
        }

        Assert.Equal((0, 3), (_rig.Queue.Running, _rig.Queue.Cancelled));
    }

    [Fact]
    public async Task RunAsync_BackgroundBatchIsPreempted_AllItsStepsGoOn()
    {
        var gate = _rig.Block("blocker");
        var slow = _rig.Block("slow");
        var blocker = await _rig.StartAsync(await _rig.RequestAsync("blocker"));
        var runs = new List<Task<StepCompletion>>();
        for (var i = 0; i < 3; i++)
        {
            runs.Add(_rig.Scheduler.RunAsync(
                await _rig.RequestAsync("slow", CallPriority.Background, batching: Batching, step: Step(1, 1, 1)), CancellationToken.None));
        }

        gate.Set();
        await blocker;
        await _rig.Engine.WaitUntilAsync(() => _rig.Engine.RunsStarted == 2);
        await _rig.Scheduler.RunAsync(await _rig.RequestAsync("interactive", CallPriority.Interactive), CancellationToken.None);
        slow.Set();
        await Task.WhenAll(runs);

        Assert.Equal(3, _rig.Queue.Preempted);
        Assert.Equal(["blocker", "slow", "interactive", "slow"], _rig.Engine.Runs);
    }

    [Fact]
    public void Copy_AnyBoxOfAnyShape_PutsEveryElementWhereItBelongs()
        => Gen.Select(Gen.Int[1, 4].Array[1, 4], Gen.Int[0, 3], Gen.Int[0, 3], Gen.Int[0, 2]).Sample((shape, axisSeed, offset, margin) =>
        {
            var axis = axisSeed % shape.Length;
            var box = shape.Select(extent => (long)extent).ToArray();
            var target = box.Select((extent, i) => extent + (i == axis ? offset + margin : margin)).ToArray();
            using var from = new SimulatedValue(ElementType.Int32, new TensorShape(box));
            using var to = new SimulatedValue(ElementType.Int32, new TensorShape(target));
            for (var i = 0; i < from.Shape.ElementCount; i++)
            {
                from.AsSpan<int>()[i] = i + 1;
            }

            TensorCopy.Copy(from, 0, to, offset, axis, box);

            var index = new long[box.Length];
            for (var i = 0; i < to.Shape.ElementCount; i++)
            {
                // Brute force: where in the source does this element come from, if from anywhere?
                var rest = (long)i;
                for (var d = box.Length - 1; d >= 0; d--)
                {
                    index[d] = (rest % target[d]) - (d == axis ? offset : 0);
                    rest /= target[d];
                }

                var isInside = index.Select((value, d) => value >= 0 && value < box[d]).All(inside => inside);
                var source = index.Select((value, d) => (value, d)).Aggregate(0L, (sum, pair) => (sum * box[pair.d]) + pair.value);
                Assert.Equal(isInside ? (int)source + 1 : 0, to.AsSpan<int>()[i]);
            }
        });

    [Theory]
    [InlineData(ElementType.UInt8, 255)]
    [InlineData(ElementType.Int8, 127)]
    [InlineData(ElementType.Bool, 1)]
    public void Fill_NumberBeyondTheType_IsClamped(ElementType type, int expected)
    {
        using var value = new SimulatedValue(type, new TensorShape(1));

        TensorCopy.Fill(value, 1_000);

        Assert.Equal(
            expected,
            type switch { ElementType.UInt8 => value.AsSpan<byte>()[0], ElementType.Int8 => value.AsSpan<sbyte>()[0], _ => value.AsSpan<bool>()[0] ? 1 : 0 });
    }

    private static float[] Content(StepCompletion completion) => completion.Outputs[0].AsSpan<float>().ToArray();

    private static ModelStep Step(int rows, int columns, params float[] content)
        => new() { Inputs = [new NamedValue("x", SimulatedValue.Of(new TensorShape(rows, columns), content))] };

    private async Task<StepCompletion[]> RunBehindBlockerAsync(ModelStep[] steps, ModelBatching? batching, string model = "double")
        => await Task.WhenAll(await StartBehindBlockerAsync(steps, batching, model));

    private async Task<List<Task<StepCompletion>>> StartBehindBlockerAsync(ModelStep[] steps, ModelBatching? batching, string model = "double")
    {
        var gate = _rig.Block("blocker");
        var blocker = await _rig.StartAsync(await _rig.RequestAsync("blocker"));
        var tasks = new List<Task<StepCompletion>>();
        foreach (var step in steps)
        {
            tasks.Add(_rig.Scheduler.RunAsync(await _rig.RequestAsync(model, batching: batching, step: step), CancellationToken.None));
        }

        gate.Set();
        await blocker;
        return tasks;
    }
}
