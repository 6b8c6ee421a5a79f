using EdgeHost.Jobs.Running;
using EdgeHost.Jobs.Storage;
using EdgeHost.Runtime.Devices;
using EdgeHost.Runtime.Scheduling;
using EdgeHost.Runtime.Scheduling.Work;
using Microsoft.Extensions.DependencyInjection;

namespace EdgeHost.Jobs.Tests;

public class ScheduledStepRunnerTests
{
    [Fact]
    public async Task RunAsync_TakesAsManyStepsAsFitIntoASlice()
    {
        await using var bench = new JobsBench();
        var runner = Runner(bench, TimeSpan.FromMilliseconds(10));
        var done = 0;

        await runner.RunAsync(
            _ =>
            {
                done++;
                bench.Time.Advance(TimeSpan.FromMilliseconds(3));
                return true;
            },
            CancellationToken.None);

        // A fourth would end after the slice.
        Assert.Equal(3, done);
        Assert.Equal(TimeSpan.FromMilliseconds(9), runner.Used);
    }

    [Fact]
    public async Task RunAsync_WhenAnInteractiveStepComes_StopsTheStepMidway_AndDoesItAgain()
    {
        await using var bench = new JobsBench(add: static services => services.AddOptions<Runtime.EdgeHostRuntimeOptions>().Configure(static options =>
        {
            options.Scheduling.ExtraInteractiveRuns = 0;
            options.Scheduling.PreemptionBound = TimeSpan.Zero;
        }));
        var runner = Runner(bench, TimeSpan.FromSeconds(1));
        var begun = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var tries = 0;

        var training = runner.RunAsync(
            stop =>
            {
                if (++tries > 1) return false;
                begun.TrySetResult();
                stop.WaitHandle.WaitOne(TimeSpan.FromMinutes(1));
                stop.ThrowIfCancellationRequested();
                return false;
            },
            CancellationToken.None).AsTask();
        await begun.Task;
        var order = new List<int>();
        await bench.Get<IStepScheduler>().RunWorkAsync(Request(bench, CallPriority.Interactive, () => order.Add(tries)), CancellationToken.None);
        await training;

        Assert.Equal([1], order);
        Assert.Equal(2, tries);
    }

    [Fact]
    public async Task RunAsync_ChargesTheApp()
    {
        var account = new Account();
        await using var bench = new JobsBench();
        var request = new WorkRequest { Device = Cpu(bench), Name = "training", App = new AppIdentity("app", 1, -1), Account = account, Work = static _ => { } };
        var runner = new ScheduledStepRunner(
            bench.Get<IStepScheduler>(), Gate(bench), request, TimeSpan.FromMilliseconds(1), TimeSpan.Zero, TimeSpan.FromHours(1), static () => { }, bench.Time);

        await runner.RunAsync(
            _ =>
            {
                bench.Time.Advance(TimeSpan.FromMilliseconds(7));
                return false;
            },
            CancellationToken.None);

        Assert.Equal(TimeSpan.FromMilliseconds(7), account.Charged);
        Assert.Equal("app", Assert.Single(bench.Get<IStepScheduler>().Shares()).App);
    }

    private static DeviceDescription Cpu(JobsBench bench) => bench.Get<IDeviceDirectory>().Devices[0];

    private static PauseGate Gate(JobsBench bench)
        => new(new JobEntry(new JobRecord { Id = "x", App = "app", UserId = 1, Model = "m", Spec = "{}", Created = bench.Time.GetUtcNow() }), new AppIdentity("app", 1, -1), bench.Conditions, null, bench.Time);

    private static WorkRequest Request(JobsBench bench, CallPriority priority, Action work)
        => new() { Device = Cpu(bench), Name = "tap", App = new AppIdentity("person", 1, -1), Priority = priority, Work = _ => work() };

    private static ScheduledStepRunner Runner(JobsBench bench, TimeSpan slice)
        => new(bench.Get<IStepScheduler>(), Gate(bench), Request(bench, CallPriority.Training, static () => { }), slice, TimeSpan.Zero, TimeSpan.FromHours(1), static () => { }, bench.Time);

    private sealed class Account : IDeviceTimeAccount
    {
        public TimeSpan Charged { get; private set; }

        public void Charge(TimeSpan deviceTime) => Charged += deviceTime;
    }
}
