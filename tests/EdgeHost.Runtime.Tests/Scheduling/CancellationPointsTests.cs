using EdgeHost.Runtime.Models;
using EdgeHost.Runtime.Scheduling;
using EdgeHost.TestKit;

namespace EdgeHost.Runtime.Tests.Scheduling;

/// <summary>A step is cancelled at every point of its life; afterwards the device serves the next at once and the accounts are at zero.</summary>
public sealed class CancellationPointsTests
{
    public enum Point
    {
        Before,
        Queued,
        Starting,
        Running,
        Ending,
        Preempted,
        Resting,
        Joined,
        AfterTheEnd,
    }

    public static TheoryData<Point, bool> Points
    {
        get
        {
            var points = new TheoryData<Point, bool>();
            foreach (var point in Enum.GetValues<Point>())
            {
                points.Add(point, false);
                points.Add(point, true);
            }

            return points;
        }
    }

    [Theory]
    [MemberData(nameof(Points))]
    public async Task RunAsync_CancelledAt_EndsOnceAndLeavesNothingBehind(Point point, bool onCaller)
    {
        await using var rig = new SchedulerRig();
        using var cancellation = new CancellationTokenSource();
        using var inRun = new ManualResetEventSlim();
        var others = new List<Task<StepCompletion>>();
        rig.Engine.Describe("victim", new SimulatedModel
        {
            OnRun = (step, token) =>
            {
                if (point == Point.Starting)
                {
                    // The caller may not even listen to its token yet; the run hears of it all the same.
                    cancellation.Cancel();
                    token.WaitHandle.WaitOne(TimeSpan.FromSeconds(30));
                }

                if (point is Point.Running or Point.Preempted or Point.Joined) inRun.Wait(token);
                token.ThrowIfCancellationRequested();
                var output = SimulatedValue.Of(step.Inputs[0].Value.Shape, (ReadOnlySpan<float>)step.Inputs[0].Value.AsSpan<float>());
                if (point == Point.Ending) cancellation.Cancel();
                return [output];
            },
        });
        ManualResetEventSlim? gate = null;
        if (point is Point.Queued or Point.Joined)
        {
            gate = rig.Block("blocker");
            others.Add(await rig.StartAsync(await rig.RequestAsync("blocker", CallPriority.Interactive)));
        }

        if (point == Point.Before) await cancellation.CancelAsync();
        if (point == Point.Resting) rig.Conditions.Set(CallPriority.Interactive);
        var request = await rig.RequestAsync(
            "victim", CallPriority.Background, onCaller: onCaller, batching: point == Point.Joined ? new ModelBatching() : null);
        var victim = point is Point.Running or Point.Preempted ? await rig.StartAsync(request, cancellation.Token) : rig.Scheduler.RunAsync(request, cancellation.Token);
        if (point == Point.Joined)
        {
            others.Add(rig.Scheduler.RunAsync(
                await rig.RequestAsync("victim", CallPriority.Background, batching: new ModelBatching()), CancellationToken.None));
            gate!.Set();
            await rig.Engine.WaitUntilAsync(() => rig.Engine.RunsStarted == 2);
        }

        if (point == Point.Preempted)
        {
            gate = rig.Block("interactive");
            others.Add(await rig.StartAsync(await rig.RequestAsync("interactive", CallPriority.Interactive)));
        }

        if (point == Point.AfterTheEnd) await victim;

        // The run cancels itself when it ends; from here it might be hit before it began.
        if (point != Point.Ending) await cancellation.CancelAsync();
        inRun.Set();
        gate?.Set();

        // What the cancellation came too late for has its result; everything else ends cancelled.
        if (point is Point.Ending or Point.AfterTheEnd) Dispose(await victim);
        else await Assert.ThrowsAnyAsync<OperationCanceledException>(() => victim);
        rig.Conditions.Set(CallPriority.Training);
        Dispose(await rig.Scheduler.RunAsync(await rig.RequestAsync("next"), CancellationToken.None).WaitAsync(TimeSpan.FromSeconds(30)));
        foreach (var other in others)
        {
            Dispose(await other);
        }

        Assert.Equal((0, 0, 0), (rig.Queue.Queued, rig.Queue.Running, rig.Queue.Failed));
        Assert.Equal(TimeSpan.Zero, rig.Scheduler.PredictWait("cpu", CallPriority.Training));
        Assert.Equal(rig.Engine.RunsStarted, rig.Engine.RunsEnded);
    }

    internal static void Dispose(StepCompletion completion)
    {
        foreach (var output in completion.Outputs)
        {
            output.Dispose();
        }
    }
}
