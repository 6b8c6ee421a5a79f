using EdgeHost.Runtime.Engines;
using EdgeHost.Runtime.Scheduling;
using EdgeHost.TestKit;

namespace EdgeHost.Runtime.Tests.Scheduling;

public sealed class StepSchedulerTests : IAsyncLifetime
{
    private readonly RuntimeFixture _runtime = new(configure: options => options.Scheduling.QueueLimit = 4);
    private readonly ManualResetEventSlim _release = new();
    private readonly Dictionary<string, IEngineSession> _sessions = [];

    public Task InitializeAsync() => Task.CompletedTask;

    public async Task DisposeAsync()
    {
        _release.Set();
        await _runtime.DisposeAsync();
        _release.Dispose();
    }

    [Fact]
    public async Task RunAsync_IdleDevice_GivesOutputsAndTimes()
    {
        var completion = await _runtime.Scheduler.RunAsync(await RequestAsync("m"), CancellationToken.None);

        using var output = Assert.Single(completion.Outputs);
        Assert.Equal([1f], output.AsSpan<float>().ToArray());
        Assert.Equal(1, completion.Batch);
        Assert.Equal(TimeSpan.Zero, completion.QueueTime);
    }

    [Fact]
    public async Task RunAsync_BusyDevice_MeasuresQueueAndRunTimeByTheClock()
    {
        var blocked = await BlockDeviceAsync();
        var queued = _runtime.Scheduler.RunAsync(await RequestAsync("m"), CancellationToken.None);
        Assert.Equal(1, Assert.Single(_runtime.Scheduler.Snapshot()).Waiting[(int)CallPriority.Normal]);

        _runtime.Time.Advance(TimeSpan.FromMilliseconds(250));
        Assert.Equal(TimeSpan.FromMilliseconds(250), Assert.Single(_runtime.Scheduler.Snapshot()).OldestWait);
        _release.Set();

        Assert.Equal(TimeSpan.FromMilliseconds(250), (await blocked).RunTime);
        Assert.Equal(TimeSpan.FromMilliseconds(250), (await queued).QueueTime);
        Assert.Equal(TimeSpan.Zero, (await queued).RunTime);
    }

    [Fact]
    public async Task RunAsync_ThreeClassesQueued_RunsTheHighestFirst()
    {
        var blocked = await BlockDeviceAsync();
        var tasks = new List<Task>
        {
            _runtime.Scheduler.RunAsync(await RequestAsync("background", CallPriority.Background), CancellationToken.None),
            _runtime.Scheduler.RunAsync(await RequestAsync("normal"), CancellationToken.None),
            _runtime.Scheduler.RunAsync(await RequestAsync("interactive", CallPriority.Interactive), CancellationToken.None),
        };

        _release.Set();
        await Task.WhenAll([blocked, .. tasks]);

        Assert.Equal(["blocker", "interactive", "normal", "background"], _runtime.Engine.Runs);
    }

    [Fact]
    public async Task Apply_AnotherQueueLimit_HoldsForTheNextStep()
    {
        var blocked = BlockDeviceAsync();
        await _runtime.Engine.WaitUntilAsync(() => _runtime.Engine.RunsStarted == 1);
        var request = await RequestAsync("m");
        var queued = Enumerable.Range(0, 4).Select(_ => _runtime.Scheduler.RunAsync(request, CancellationToken.None)).ToList();

        var options = new EdgeHostRuntimeOptions();
        options.Scheduling.QueueLimit = 5;
        _runtime.Get<IRuntimeSettings>().Apply(options);
        queued.Add(_runtime.Scheduler.RunAsync(request, CancellationToken.None));
        var e = await Assert.ThrowsAsync<EdgeHostException>(() => _runtime.Scheduler.RunAsync(request, CancellationToken.None));

        Assert.Contains("5 steps", e.Message, StringComparison.Ordinal);
        _release.Set();
        await Task.WhenAll([.. queued, await blocked]);
    }

    [Fact]
    public async Task RunAsync_QueueFull_IsRefusedWithATimeToRetry()
    {
        _ = BlockDeviceAsync();
        await _runtime.Engine.WaitUntilAsync(() => _runtime.Engine.RunsStarted == 1);
        var request = await RequestAsync("m");
        var queued = Enumerable.Range(0, 4).Select(_ => _runtime.Scheduler.RunAsync(request, CancellationToken.None)).ToArray();

        var e = await Assert.ThrowsAsync<EdgeHostException>(() => _runtime.Scheduler.RunAsync(request, CancellationToken.None));

        Assert.Equal(ErrorCode.ResourceExhausted, e.Code);
        Assert.True(e.RetryAfter > TimeSpan.Zero);
        Assert.Contains("4 steps", e.Message, StringComparison.Ordinal);
        Assert.Equal(1, Assert.Single(_runtime.Scheduler.Snapshot()).Rejected);
        _release.Set();
        await Task.WhenAll(queued);
    }

    [Fact]
    public async Task RunAsync_DeadlinePassedBefore_IsRefusedUnqueued()
    {
        var request = await RequestAsync("m", deadline: _runtime.Time.GetUtcNow());

        var e = await Assert.ThrowsAsync<EdgeHostException>(() => _runtime.Scheduler.RunAsync(request, CancellationToken.None));

        Assert.Equal(ErrorCode.DeadlineExceeded, e.Code);
        Assert.Equal(0, _runtime.Engine.RunsStarted);
    }

    [Fact]
    public async Task RunAsync_DeadlinePassesInTheQueue_IsDroppedWithoutARun()
    {
        var blocked = await BlockDeviceAsync();
        var request = await RequestAsync("late", deadline: _runtime.Time.GetUtcNow().AddSeconds(1));
        var late = _runtime.Scheduler.RunAsync(request, CancellationToken.None);

        _runtime.Time.Advance(TimeSpan.FromSeconds(1));
        _release.Set();
        await blocked;

        Assert.Equal(ErrorCode.DeadlineExceeded, (await Assert.ThrowsAsync<EdgeHostException>(() => late)).Code);
        Assert.DoesNotContain("late", _runtime.Engine.Runs);
        Assert.Equal(1, Assert.Single(_runtime.Scheduler.Snapshot()).Expired);
    }

    [Fact]
    public async Task RunAsync_CancelledWhileQueued_LeavesTheQueueAtOnce()
    {
        var blocked = await BlockDeviceAsync();
        using var cancellation = new CancellationTokenSource();
        var queued = _runtime.Scheduler.RunAsync(await RequestAsync("queued"), cancellation.Token);

        await cancellation.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => queued);
        Assert.Equal(0, Assert.Single(_runtime.Scheduler.Snapshot()).Waiting[(int)CallPriority.Normal]);
        _release.Set();
        await blocked;
        Assert.Equal(["blocker"], _runtime.Engine.Runs);
    }

    [Fact]
    public async Task RunAsync_CancelledWhileRunning_StopsTheRunAndFreesTheWorker()
    {
        using var cancellation = new CancellationTokenSource();
        var running = await BlockDeviceAsync(cancellation.Token);

        await cancellation.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => running);
        await _runtime.Scheduler.RunAsync(await RequestAsync("next"), CancellationToken.None);
        Assert.Equal(["blocker", "next"], _runtime.Engine.Runs);
    }

    [Fact]
    public async Task RunAsync_CancelledAfterTheRun_DoesNotTouchTheNext()
    {
        using var cancellation = new CancellationTokenSource();
        await _runtime.Scheduler.RunAsync(await RequestAsync("first"), cancellation.Token);
        var next = await BlockDeviceAsync();

        await cancellation.CancelAsync();

        Assert.False(next.IsCompleted);
        _release.Set();
        await next;
    }

    [Fact]
    public async Task RunAsync_EngineThrows_FailsThatStepAlone()
    {
        _runtime.Engine.Describe("faulty", new SimulatedModel { OnRun = (_, _) => throw new InvalidOperationException("secret") });
        _runtime.Engine.Describe("refusing", new SimulatedModel { OnRun = (_, _) => throw new EdgeHostException(ErrorCode.InvalidArgument, "no") });

        var fault = await Assert.ThrowsAsync<EdgeHostException>(async () => await _runtime.Scheduler.RunAsync(await RequestAsync("faulty"), CancellationToken.None));
        var refusal = await Assert.ThrowsAsync<EdgeHostException>(async () => await _runtime.Scheduler.RunAsync(await RequestAsync("refusing"), CancellationToken.None));
        await _runtime.Scheduler.RunAsync(await RequestAsync("fine"), CancellationToken.None);

        Assert.Equal(ErrorCode.Internal, fault.Code);
        Assert.DoesNotContain("secret", fault.Message, StringComparison.Ordinal);
        Assert.Equal(ErrorCode.InvalidArgument, refusal.Code);
        Assert.Contains(_runtime.Log.Lines, line => line.Exception?.Message == "secret");
    }

    [Fact]
    public async Task RunAsync_ConfiguredConcurrency_RunsThatManyAtOnce()
    {
        await using var runtime = new RuntimeFixture(configure: options => options.Scheduling.Concurrency["cpu"] = 3);
        using var together = new Barrier(3);
        runtime.Engine.Describe("m", new SimulatedModel
        {
            OnRun = (_, cancellationToken) =>
            {
                Assert.True(together.SignalAndWait(TimeSpan.FromSeconds(30), cancellationToken));
                return [];
            },
        });
        runtime.Source.Add("m");
        using var lease = await runtime.LeaseAsync("m");

        await Task.WhenAll(Enumerable.Range(0, 3).Select(_ => lease.RunAsync(RuntimeFixture.Step(1), CancellationToken.None).AsTask()));

        Assert.Equal(3, Assert.Single(runtime.Scheduler.Snapshot()).Concurrency);
    }

    [Fact]
    public async Task DisposeAsync_QueuedAndRunning_EndsBothWithAReason()
    {
        var running = await BlockDeviceAsync();
        var queued = _runtime.Scheduler.RunAsync(await RequestAsync("queued"), CancellationToken.None);

        await ((IAsyncDisposable)_runtime.Scheduler).DisposeAsync();

        Assert.Equal(ErrorCode.Unavailable, (await Assert.ThrowsAsync<EdgeHostException>(() => queued)).Code);
        Assert.Equal(ErrorCode.Unavailable, (await Assert.ThrowsAsync<EdgeHostException>(() => running)).Code);
        var request = await RequestAsync("after");
        await Assert.ThrowsAsync<EdgeHostException>(() => _runtime.Scheduler.RunAsync(request, CancellationToken.None));
    }

    private async Task<StepRequest> RequestAsync(string model, CallPriority priority = CallPriority.Normal, DateTimeOffset? deadline = null)
    {
        if (!_sessions.TryGetValue(model, out var session))
        {
            _runtime.Source.Add(model);
            var artifact = await _runtime.Source.ResolveAsync(model, CancellationToken.None);
            session = await _runtime.Engine.LoadAsync(artifact, _runtime.Engine.Devices[0], CancellationToken.None);
            _sessions.Add(model, session);
        }

        return new StepRequest
        {
            Device = _runtime.Engine.Devices[0],
            Session = session,
            Step = RuntimeFixture.Step(1),
            Model = model,
            App = AppIdentity.Host,
            Priority = priority,
            Deadline = deadline,
        };
    }

    /// <summary>Occupies the one worker until released or cancelled; returns once the run is on the device.</summary>
    private async Task<Task<StepCompletion>> BlockDeviceAsync(CancellationToken cancellationToken = default)
    {
        _runtime.Engine.Describe("blocker", new SimulatedModel
        {
            OnRun = (_, token) =>
            {
                _release.Wait(token);
                return [];
            },
        });
        var started = _runtime.Engine.RunsStarted;
        var request = await RequestAsync("blocker");
        var run = _runtime.Scheduler.RunAsync(request, cancellationToken);
        await _runtime.Engine.WaitUntilAsync(() => _runtime.Engine.RunsStarted > started);
        return run;
    }
}
