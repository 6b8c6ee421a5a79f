using EdgeHost.Runtime.Conditions;
using EdgeHost.Runtime.Devices;
using EdgeHost.Runtime.Health;
using EdgeHost.Runtime.Models;
using EdgeHost.Runtime.Scheduling;
using EdgeHost.Runtime.Tests.Devices;
using EdgeHost.TestKit;
using Microsoft.Extensions.Logging;

namespace EdgeHost.Runtime.Tests.Health;

public sealed class HostHealthTests : IAsyncLifetime
{
    private readonly DeviceHarness _devices = new();
    private readonly SetScheduler _scheduler = new();
    private readonly SetPool _pool = new();
    private readonly HostHealth _health;

    public HostHealthTests() => _health = Make(_devices.Directory);

    public Task InitializeAsync() => Task.CompletedTask;

    public Task DisposeAsync() => _devices.DisposeAsync().AsTask();

    [Fact]
    public async Task CheckAsync_NothingWrong_IsReady()
    {
        var report = await Look();

        Assert.Equal(HostHealthState.Ready, report.State);
        Assert.Equal(["cpu", "npu0", "npu1", "gpu0"], report.Findings.Select(finding => finding.Subject));
        Assert.Equal(0, _pool.Probes);
    }

    [Fact]
    public async Task CheckAsync_NobodyAskedForTheDevices_LooksWithoutLoadingTheEngine()
    {
        var engine = new SimulatedEngine();
        var health = Make(new DeviceDirectory(engine, _devices.Options));

        Assert.Equal(HostHealthState.Ready, (await health.CheckAsync(probe: false, CancellationToken.None)).State);
        Assert.Equal(0, engine.DeviceQueries);
        await health.CheckAsync(probe: true, CancellationToken.None);
        Assert.Equal(1, engine.DeviceQueries);
    }

    [Fact]
    public async Task CheckAsync_AcceleratorFailed_IsDegradedWithTheReason()
    {
        _devices.Fault("npu0", times: 3);

        var report = await Look();

        Assert.Equal(HostHealthState.Degraded, report.State);
        Assert.Equal(
            "out of order since 12:00:00 UTC: 3 faults within 60 s, the last: m@1.0: the driver was lost, tested again at 12:00:02 UTC",
            Of(report, "npu0").Text);
    }

    [Fact]
    public async Task CheckAsync_EveryThreadOfTheProcessorHangs_IsStuck()
    {
        _devices.Health.Hung("cpu", "m@1.0", TimeSpan.FromSeconds(60));

        Assert.Equal(HostHealthState.Stuck, (await Look()).State);
    }

    [Fact]
    public async Task CheckAsync_StepsWaitAndNoneEnds_IsStuckOnlyWhenThatLasts()
    {
        _scheduler.Queues = [Queue("cpu", waiting: 3, running: 1, oldestWait: 31, oldestRun: 31)];
        Assert.Equal(HostHealthState.Ready, (await Look()).State);
        _devices.Time.Advance(TimeSpan.FromSeconds(31));

        var report = await Look();

        Assert.Equal(HostHealthState.Stuck, report.State);
        Assert.Equal("3 steps wait, the oldest for 31 s, and none has ended for 31 s; big@1.0 runs for 31 s", Of(report, "cpu").Text);

        _scheduler.Queues = [Queue("cpu", waiting: 3, running: 1, oldestWait: 62, oldestRun: 1, completed: 8)];
        _devices.Time.Advance(TimeSpan.FromSeconds(31));
        Assert.Equal(HostHealthState.Ready, (await Look()).State);
    }

    [Fact]
    public async Task CheckAsync_OnlyRestingStepsWait_IsReady()
    {
        _devices.Conditions.Current = MachineConditions.Good with { MinimumPriority = CallPriority.Normal };
        _scheduler.Queues = [Queue("cpu", waiting: 3, oldestWait: 3_600)];
        await Look();
        _devices.Time.Advance(TimeSpan.FromHours(1));

        Assert.Equal(HostHealthState.Ready, (await Look()).State);
    }

    [Fact]
    public async Task CheckAsync_StepRunsTooLong_IsDegradedAndStuckOnceNothingElseMoves()
    {
        _scheduler.Queues = [Queue("npu0", running: 1, oldestRun: 121), Queue("cpu")];
        Assert.Equal("big@1.0 runs for 2 min, more than 2 min", Of(await Look(), "npu0").Text);
        _devices.Time.Advance(TimeSpan.FromSeconds(31));

        var report = await Look();

        Assert.Equal(HostHealthState.Stuck, Of(report, "npu0").State);
        Assert.Equal(HostHealthState.Degraded, report.State);
    }

    [Fact]
    public async Task CheckAsync_Suspect_IsDegraded()
    {
        _devices.Fault("gpu0");

        Assert.Equal("works, but is suspect: m@1.0: the driver was lost", Of(await Look(), "gpu0").Text);
    }

    [Fact]
    public async Task CheckAsync_Probe_TestsIdleDevicesAndReportsModels()
    {
        var tested = new List<string>();
        _devices.Engine.OnSelfTest = (device, _) =>
        {
            lock (tested)
            {
                tested.Add(device.Id);
            }
        };
        _devices.Health.StepSucceeded("npu0");
        _devices.Fault("npu1", times: 3);
        _scheduler.Queues = [Queue("gpu0", running: 1, oldestRun: 1)];
        _pool.Results =
        [
            new("a@1.0", "cpu", ModelProbeOutcome.Answered, TimeSpan.FromMilliseconds(12), null),
            new("b@1.0", "cpu", ModelProbeOutcome.NotKnown, TimeSpan.Zero, null),
            new("c@1.0", "npu0", ModelProbeOutcome.Failed, TimeSpan.Zero, "no such input"),
            new("d@1.0", "npu0", ModelProbeOutcome.NoAnswer, TimeSpan.FromSeconds(4), null),
        ];

        var report = await Probe();

        Assert.Equal(["cpu"], tested);
        Assert.Contains("its self-test passed", Of(report, "cpu").Text, StringComparison.Ordinal);
        Assert.Equal(HostHealthState.Degraded, report.State);
        Assert.Equal("answered in 12 ms", Of(report, "a@1.0 on cpu").Text);
        Assert.Equal(HostHealthState.Ready, Of(report, "b@1.0 on cpu").State);
        Assert.Equal("no such input", Of(report, "c@1.0 on npu0").Text);
        Assert.Equal("no answer for 4 s", Of(report, "d@1.0 on npu0").Text);
    }

    [Fact]
    public async Task CheckAsync_SelfTestFails_IsReportedAndCountsAsAFault()
    {
        _devices.Engine.OnSelfTest = static (device, _) =>
        {
            if (device.Id == "npu0") throw new DeviceFaultException(device.Id, "wrong sum");
        };

        Task<HealthReport>? probe = null;
        await _devices.SeeAsync("npu0", DeviceHealthState.Suspect, () => probe = Probe());
        var report = await probe!;

        Assert.Equal("its self-test failed: wrong sum", Of(report, "npu0").Text);
        Assert.Equal(HostHealthState.Degraded, report.State);
        Assert.Equal(1, _devices.Health.Of("npu0").Faults);
    }

    [Fact]
    public async Task CheckAsync_ProcessorsSelfTestFails_IsStuck()
    {
        _devices.Engine.OnSelfTest = static (device, _) =>
        {
            if (device.Id == "cpu") throw new DeviceFaultException(device.Id, "wrong sum");
        };

        Assert.Equal(HostHealthState.Stuck, (await Probe()).State);
    }

    [Fact]
    public async Task CheckAsync_SelfTestHangs_AnswersInTimeAndTakesTheDeviceOut()
    {
        using var release = new ManualResetEventSlim();
        using var entered = new SemaphoreSlim(0);
        _devices.Engine.OnSelfTest = (device, _) =>
        {
            if (device.Id != "npu0") return;
            entered.Release();
            release.Wait(CancellationToken.None);
        };

        var check = _health.CheckAsync(probe: true, CancellationToken.None).AsTask();
        await entered.WaitAsync();
        await AdvanceUntil(() => check.IsCompleted);
        var finding = Of(await check, "npu0");
        Assert.Equal(HostHealthState.Stuck, finding.State);
        Assert.StartsWith("its self-test has not answered ", finding.Text, StringComparison.Ordinal);

        // The registry hears of it when the test's own limit is over, and again when its thread comes back.
        await AdvanceUntil(() => _devices.Health.Of("npu0") is { State: DeviceHealthState.Failed, Hanging: 1 });
        release.Set();
        await AdvanceUntil(() => _devices.Health.Of("npu0") is { State: DeviceHealthState.Healthy, Hanging: 0 });
    }

    [Fact]
    public async Task CheckAsync_PoolDoesNotAnswer_AnswersInTime()
    {
        _pool.Hang = new TaskCompletionSource<IReadOnlyList<ModelProbeResult>>();

        var check = _health.CheckAsync(probe: true, CancellationToken.None).AsTask();
        await AdvanceUntil(() => check.IsCompleted);

        Assert.Equal(HostHealthState.Degraded, Of(await check, "models").State);
        _pool.Hang.SetResult([]);
    }

    [Fact]
    public async Task CheckAsync_SchedulerBlocks_AnswersInTimeAndHoldsOneThread()
    {
        using var release = new ManualResetEventSlim();
        _scheduler.OnSnapshot = () => release.Wait(CancellationToken.None);
        for (var i = 0; i < 3; i++)
        {
            var check = _health.CheckAsync(probe: false, CancellationToken.None).AsTask();
            await AdvanceUntil(() => check.IsCompleted);

            var report = await check;
            Assert.Equal(HostHealthState.Stuck, report.State);
            Assert.Equal("the devices could not be looked at within 5 s", Of(report, "host").Text);
            _devices.Time.Advance(TimeSpan.FromSeconds(2));
        }

        Assert.Equal(1, _scheduler.Snapshots);
        release.Set();
    }

    [Fact]
    public async Task CheckAsync_EngineDoesNotStart_IsStuckWithTheReason()
    {
        var health = Make(new BrokenDirectory());

        var report = await health.CheckAsync(probe: true, CancellationToken.None);

        Assert.Equal(HostHealthState.Stuck, report.State);
        Assert.Equal("the inference engine does not start: no library", Of(report, "host").Text);
    }

    [Fact]
    public async Task CheckAsync_AskedTwiceWithinItsLifetime_LooksOnceAndAProbeServesBoth()
    {
        await Look();
        await Look();
        Assert.Equal(1, _scheduler.Snapshots);
        await Probe();
        await Look();
        await Probe();
        Assert.Equal(2, _scheduler.Snapshots);
        Assert.Equal(1, _pool.Probes);

        _devices.Time.Advance(TimeSpan.FromSeconds(1));
        await Look();
        Assert.Equal(3, _scheduler.Snapshots);
    }

    [Fact]
    public async Task CheckAsync_ManyAtOnce_ShareOneAndEachMayLeave()
    {
        using var release = new ManualResetEventSlim();
        _scheduler.OnSnapshot = () => release.Wait(CancellationToken.None);
        using var impatient = new CancellationTokenSource();
        var leaves = _health.CheckAsync(probe: false, impatient.Token).AsTask();
        var stay = Enumerable.Range(0, 20).Select(_ => _health.CheckAsync(probe: false, CancellationToken.None).AsTask()).ToArray();
        await impatient.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => leaves);
        release.Set();

        var reports = await Task.WhenAll(stay);

        Assert.All(reports, report => Assert.Same(reports[0], report));
        Assert.Equal(1, _scheduler.Snapshots);
    }

    [Fact]
    public async Task CheckAsync_FromManyThreads_AlwaysAnswers()
    {
        // No result is given twice, so that every check is one that ran.
        _devices.Options.Value.Health.ResultLifetime = TimeSpan.Zero;
        var health = Make(_devices.Directory);

        await Task.WhenAll(Enumerable.Range(0, 6).Select(thread => Task.Run(async () =>
        {
            for (var i = 0; i < 100; i++)
            {
                var report = await health.CheckAsync(probe: (i + thread) % 2 == 0, CancellationToken.None);
                Assert.Equal(HostHealthState.Ready, report.State);
            }
        })));
    }

    private HostHealth Make(IDeviceDirectory directory) => new(
        directory,
        _devices.Health,
        _scheduler,
        _pool,
        _devices.SelfTests,
        _devices.Conditions,
        _devices.Options,
        _devices.Time,
        new Logger<HostHealth>(_devices.Log));

    private async Task<HealthReport> Look()
    {
        _devices.Time.Advance(TimeSpan.Zero);
        return await _health.CheckAsync(probe: false, CancellationToken.None);
    }

    private async Task<HealthReport> Probe() => await _health.CheckAsync(probe: true, CancellationToken.None);

    /// <summary>Lets the clock go on until something is so; the timers behind it may be set at any moment.</summary>
    private async Task AdvanceUntil(Func<bool> condition)
    {
        while (!condition())
        {
            _devices.Time.Advance(TimeSpan.FromMilliseconds(100));
            await Task.Yield();
        }
    }

    private static HealthFinding Of(HealthReport report, string subject) => Assert.Single(report.Findings, finding => finding.Subject == subject);

    private static DeviceQueueSnapshot Queue(
        string device, int waiting = 0, int running = 0, double oldestWait = 0, double oldestRun = 0, long completed = 7) => new()
        {
            Device = device,
            Kind = DeviceKind.Cpu,
            Waiting = [0, waiting, 0, 0],
            Running = running,
            Concurrency = 1,
            Completed = completed,
            OldestWait = TimeSpan.FromSeconds(oldestWait),
            OldestRun = TimeSpan.FromSeconds(oldestRun),
            OldestRunModel = running > 0 ? "big@1.0" : null,
        };
}
