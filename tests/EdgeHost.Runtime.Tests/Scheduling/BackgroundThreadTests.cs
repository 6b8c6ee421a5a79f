using System.Collections.Concurrent;
using EdgeHost.TestKit;

namespace EdgeHost.Runtime.Tests.Scheduling;

/// <summary>Which threads run what on the processor, and that none of them is lost.</summary>
public sealed class BackgroundThreadTests
{
    private readonly ConcurrentDictionary<string, string> _threads = new(StringComparer.Ordinal);

    [Theory]
    [InlineData(10, true)]
    [InlineData(0, false)]
    public async Task RunAsync_BackgroundStep_RunsOnAThreadOfLowPriorityWhereThatIsWanted(int niceness, bool isLow)
    {
        await using var rig = new SchedulerRig(options => options.BackgroundNiceness = niceness);
        Watch(rig, "background");
        Watch(rig, "training");
        Watch(rig, "normal");

        await RunAsync(rig, "background", CallPriority.Background);
        await RunAsync(rig, "training", CallPriority.Training);
        await RunAsync(rig, "normal", CallPriority.Normal);

        Assert.Equal(isLow, _threads["background"].EndsWith(" low", StringComparison.Ordinal));
        Assert.Equal(isLow, _threads["training"].EndsWith(" low", StringComparison.Ordinal));
        Assert.False(_threads["normal"].EndsWith(" low", StringComparison.Ordinal));
    }

    [Fact]
    public async Task RunAsync_BackgroundStepThatMayRunOnItsCaller_DoesNot()
    {
        await using var rig = new SchedulerRig();
        Watch(rig, "background");

        (await rig.Scheduler.RunAsync(await rig.RequestAsync("background", CallPriority.Background, onCaller: true), CancellationToken.None)).Outputs[0].Dispose();

        Assert.EndsWith(" low", _threads["background"], StringComparison.Ordinal);
    }

    [Fact]
    public async Task RunAsync_InteractiveBesideBackground_RunsAtOnceAndBothEnd()
    {
        await using var rig = new SchedulerRig(options => options.ExtraInteractiveRuns = 1);
        var gate = rig.Block("background");
        Watch(rig, "interactive");
        var background = rig.Scheduler.RunAsync(await rig.RequestAsync("background", CallPriority.Background), CancellationToken.None);
        await rig.Engine.WaitUntilAsync(() => rig.Engine.RunsStarted == 1);

        await RunAsync(rig, "interactive", CallPriority.Interactive);

        Assert.False(background.IsCompleted);
        Assert.Equal(0, rig.Queue.Preempted);
        gate.Set();
        (await background).Outputs[0].Dispose();
    }

    [Fact]
    public async Task Dispose_WithBackgroundStepsRunningAndWaiting_EndsThemAll()
    {
        await using var rig = new SchedulerRig();
        rig.Block("background");
        var steps = new List<Task>();
        for (var i = 0; i < 20; i++)
        {
            steps.Add(rig.Scheduler.RunAsync(await rig.RequestAsync("background", CallPriority.Background), CancellationToken.None));
        }

        await rig.Engine.WaitUntilAsync(() => rig.Engine.RunsStarted >= 1);
        await rig.Runtime.DisposeAsync();

        foreach (var step in steps)
        {
            var e = await Assert.ThrowsAsync<EdgeHostException>(() => step);
            Assert.Equal(ErrorCode.Unavailable, e.Code);
        }

        Assert.Equal(rig.Engine.RunsStarted, rig.Engine.RunsEnded);
    }

    private static async Task RunAsync(SchedulerRig rig, string model, CallPriority priority)
        => (await rig.Scheduler.RunAsync(await rig.RequestAsync(model, priority), CancellationToken.None)).Outputs[0].Dispose();

    private void Watch(SchedulerRig rig, string model) => rig.Engine.Describe(model, new SimulatedModel
    {
        OnRun = (step, _) =>
        {
            _threads[model] = Thread.CurrentThread.Name ?? string.Empty;
            return [new SimulatedValue(ElementType.Float32, step.Inputs[0].Value.Shape)];
        },
    });
}
