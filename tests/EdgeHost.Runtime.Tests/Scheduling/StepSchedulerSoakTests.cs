using EdgeHost.PluginSdk;
using EdgeHost.TestKit;

namespace EdgeHost.Runtime.Tests.Scheduling;

public sealed class StepSchedulerSoakTests
{
    [Fact]
    public async Task RunAsync_CancelledAtRandomMoments_EveryStepEndsOnceAndNothingIsLeft()
    {
        await using var runtime = new RuntimeFixture(
            configure: options =>
            {
                options.Scheduling.QueueLimit = 64;
                options.Scheduling.Concurrency["cpu"] = 3;
            },
            time: TimeProvider.System);
        runtime.Source.Add("m");
        runtime.Engine.Describe("m", new SimulatedModel
        {
            OnRun = static (step, cancellationToken) =>
            {
                Thread.SpinWait(step.Inputs.Count * 200);
                cancellationToken.ThrowIfCancellationRequested();
                return [];
            },
        });
        using var lease = await runtime.LeaseAsync("m");
        var ended = 0;
        var tasks = Enumerable.Range(0, 6).Select(seed => Task.Run(async () =>
        {
            var random = new Random(seed);
            for (var i = 0; i < 1_000; i++)
            {
                using var cancellation = new CancellationTokenSource();
                var step = new ModelStep { Inputs = RuntimeFixture.Step(1).Inputs, MayRunOnCallingThread = random.Next(3) == 0 };
                var run = lease.RunAsync(step, cancellation.Token).AsTask();
                if (random.Next(2) == 0)
                {
                    Thread.SpinWait(random.Next(2_000));
                    await cancellation.CancelAsync();
                }

                try
                {
                    (await run.WaitAsync(TimeSpan.FromSeconds(30))).Dispose();
                }
                catch (OperationCanceledException)
                {
                }

                step.Inputs[0].Value.Dispose();
                Interlocked.Increment(ref ended);
            }
        }));

        await Task.WhenAll(tasks);

        Assert.Equal(6_000, ended);
        var queue = Assert.Single(runtime.Scheduler.Snapshot());
        Assert.Equal(0, queue.Queued);
        Assert.Equal(runtime.Engine.RunsStarted, runtime.Engine.RunsEnded);
        Assert.Empty(runtime.Engine.Faults);
    }
}
