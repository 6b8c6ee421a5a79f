using EdgeHost.PluginSdk;
using EdgeHost.TestKit;

namespace EdgeHost.Runtime.Tests.Scheduling;

/// <summary>Steps that may run on the thread that asks for them.</summary>
public sealed class CallerThreadTests : IAsyncLifetime
{
    private readonly RuntimeFixture _runtime = new();
    private readonly ManualResetEventSlim _release = new();
    private IModelLease? _lease;
    private int _runThread;

    public async Task InitializeAsync()
    {
        _runtime.Source.Add("m");
        _runtime.Engine.Describe("m", new SimulatedModel
        {
            OnRun = (_, _) =>
            {
                _runThread = Environment.CurrentManagedThreadId;
                return [];
            },
        });
        _runtime.Source.Add("blocker");
        _runtime.Engine.Describe("blocker", new SimulatedModel
        {
            OnRun = (_, cancellationToken) =>
            {
                _release.Wait(cancellationToken);
                return [];
            },
        });
        _lease = await _runtime.LeaseAsync("m");
    }

    public async Task DisposeAsync()
    {
        _release.Set();
        _lease?.Dispose();
        await _runtime.DisposeAsync();
        _release.Dispose();
    }

    [Fact]
    public void RunAsync_IdleDevice_RunsOnTheCallingThreadAndIsDoneOnReturn()
    {
        var run = _lease!.RunAsync(OnCaller(), CancellationToken.None);

        Assert.True(run.IsCompletedSuccessfully);
        Assert.Equal(Environment.CurrentManagedThreadId, _runThread);
        Assert.Equal(1, Assert.Single(_runtime.Scheduler.Snapshot()).Completed);
    }

    [Fact]
    public async Task RunAsync_BusyDevice_WaitsInTheQueueWithoutBlockingTheCaller()
    {
        using var blocker = await _runtime.LeaseAsync("blocker");
        var blocked = blocker.RunAsync(RuntimeFixture.Step(1), CancellationToken.None).AsTask();
        await _runtime.Engine.WaitUntilAsync(() => _runtime.Engine.RunsStarted == 1);

        var waiting = _lease!.RunAsync(OnCaller(), CancellationToken.None).AsTask();

        Assert.False(waiting.IsCompleted);
        Assert.Equal(1, Assert.Single(_runtime.Scheduler.Snapshot()).Waiting[(int)CallPriority.Normal]);
        _release.Set();
        await Task.WhenAll(blocked, waiting);
    }

    [Fact]
    public async Task RunAsync_WhileACallerRuns_NoWorkerUsesTheDeviceBesideIt()
    {
        using var blocker = await _runtime.LeaseAsync("blocker");
        var onCaller = Task.Run(async () => await blocker.RunAsync(OnCaller(), CancellationToken.None));
        await _runtime.Engine.WaitUntilAsync(() => _runtime.Engine.RunsStarted == 1);

        var queued = _lease!.RunAsync(RuntimeFixture.Step(1), CancellationToken.None).AsTask();
        var snapshot = Assert.Single(_runtime.Scheduler.Snapshot());

        Assert.Equal((1, 1), (snapshot.Running, snapshot.Waiting[(int)CallPriority.Normal]));
        _release.Set();
        await onCaller;
        await queued;
        Assert.Equal(2, Assert.Single(_runtime.Scheduler.Snapshot()).Completed);
    }

    [Fact]
    public async Task RunAsync_CancelledWhileOnTheCaller_StopsAndFreesTheDevice()
    {
        using var blocker = await _runtime.LeaseAsync("blocker");
        using var cancellation = new CancellationTokenSource();
        var onCaller = Task.Run(async () => await blocker.RunAsync(OnCaller(), cancellation.Token));
        await _runtime.Engine.WaitUntilAsync(() => _runtime.Engine.RunsStarted == 1);

        await cancellation.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => onCaller);
        (await _lease!.RunAsync(OnCaller(), CancellationToken.None)).Dispose();
        Assert.Equal(0, Assert.Single(_runtime.Scheduler.Snapshot()).Running);
    }

    [Fact]
    public async Task DisposeAsync_WhileACallerRuns_TerminatesItWithAReason()
    {
        using var blocker = await _runtime.LeaseAsync("blocker");
        var onCaller = Task.Run(async () => await blocker.RunAsync(OnCaller(), CancellationToken.None));
        await _runtime.Engine.WaitUntilAsync(() => _runtime.Engine.RunsStarted == 1);

        await ((IAsyncDisposable)_runtime.Scheduler).DisposeAsync();

        Assert.Equal(ErrorCode.Unavailable, (await Assert.ThrowsAsync<EdgeHostException>(() => onCaller)).Code);
    }

    private static ModelStep OnCaller() => new() { Inputs = RuntimeFixture.Step(1).Inputs, MayRunOnCallingThread = true };
}
