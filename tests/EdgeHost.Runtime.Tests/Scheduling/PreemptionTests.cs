using EdgeHost.Runtime.Decisions;

namespace EdgeHost.Runtime.Tests.Scheduling;

/// <summary>Running steps that make room for more urgent ones.</summary>
public sealed class PreemptionTests : IAsyncLifetime
{
    private readonly SchedulerRig _rig = new();

    public Task InitializeAsync() => Task.CompletedTask;

    public async Task DisposeAsync() => await _rig.DisposeAsync();

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task RunAsync_InteractiveBehindBackground_RunsFirstAndTheBackgroundGoesOnUnseen(bool onCaller)
    {
        var gate = _rig.Block("background");
        var background = await _rig.StartAsync(await _rig.RequestAsync("background", CallPriority.Background, onCaller: onCaller));

        var interactive = await _rig.Scheduler.RunAsync(await _rig.RequestAsync("interactive", CallPriority.Interactive), CancellationToken.None);
        gate.Set();
        var completion = await background;

        Assert.Equal(["background", "interactive", "background"], _rig.Engine.Runs);
        Assert.Single(interactive.Outputs);
        Assert.Single(completion.Outputs);
        Assert.Equal((1, 2, 0), (_rig.Queue.Preempted, _rig.Queue.Completed, _rig.Queue.Failed));
        var decision = Assert.Single(_rig.Runtime.Get<IDecisionLog>().Find(null, DecisionKind.Preempted, 9));
        Assert.Contains("'interactive'", decision.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task RunAsync_BackgroundIsNotRepeatable_InteractiveWaits()
    {
        var gate = _rig.Block("background");
        var background = await _rig.StartAsync(await _rig.RequestAsync("background", CallPriority.Background, isRepeatable: false));
        var interactive = _rig.Scheduler.RunAsync(await _rig.RequestAsync("interactive", CallPriority.Interactive), CancellationToken.None);
        _rig.Runtime.Time.Advance(TimeSpan.FromSeconds(1));

        Assert.False(interactive.IsCompleted);
        gate.Set();
        await Task.WhenAll(background, interactive);

        Assert.Equal(["background", "interactive"], _rig.Engine.Runs);
    }

    [Fact]
    public async Task RunAsync_BackgroundShouldEndWithinTheBound_IsStoppedOnceTheBoundHasPassed()
    {
        _rig.Latencies.Know("background", 3);
        var gate = _rig.Block("background");
        var background = await _rig.StartAsync(await _rig.RequestAsync("background", CallPriority.Background));
        var interactive = _rig.Scheduler.RunAsync(await _rig.RequestAsync("interactive", CallPriority.Interactive), CancellationToken.None);
        Assert.Equal(1, _rig.Queue.Queued);

        _rig.Runtime.Time.Advance(TimeSpan.FromMilliseconds(6));
        await interactive;
        gate.Set();
        await background;

        Assert.Equal(1, _rig.Queue.Preempted);
    }

    [Fact]
    public async Task RunAsync_PreemptedThenCancelled_EndsCancelled()
    {
        _rig.Block("background");
        var gate = _rig.Block("interactive");
        using var cancellation = new CancellationTokenSource();
        var background = await _rig.StartAsync(await _rig.RequestAsync("background", CallPriority.Background), cancellation.Token);
        var interactive = await _rig.StartAsync(await _rig.RequestAsync("interactive", CallPriority.Interactive));
        Assert.Equal(1, _rig.Queue.Waiting[(int)CallPriority.Background]);

        await cancellation.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => background);
        Assert.Equal((0, 1), (_rig.Queue.Queued, _rig.Queue.Cancelled));
        gate.Set();
        await interactive;
        Assert.Equal(["background", "interactive"], _rig.Engine.Runs);
    }

    [Fact]
    public async Task RunAsync_PreemptedThenStopped_EndsWithTheReason()
    {
        _rig.Block("background");
        _rig.Block("interactive");
        var background = await _rig.StartAsync(await _rig.RequestAsync("background", CallPriority.Background));
        var interactive = await _rig.StartAsync(await _rig.RequestAsync("interactive", CallPriority.Interactive));

        await ((IAsyncDisposable)_rig.Scheduler).DisposeAsync();

        Assert.Equal(ErrorCode.Unavailable, (await Assert.ThrowsAsync<EdgeHostException>(() => background)).Code);
        Assert.Equal(ErrorCode.Unavailable, (await Assert.ThrowsAsync<EdgeHostException>(() => interactive)).Code);
    }

    [Fact]
    public async Task OnConditions_TrainingHasToRest_IsStoppedAndGoesOnLater()
    {
        var gate = _rig.Block("training");
        var training = await _rig.StartAsync(await _rig.RequestAsync("training", CallPriority.Training));

        _rig.Conditions.Set(CallPriority.Normal);
        await _rig.Scheduler.RunAsync(await _rig.RequestAsync("normal"), CancellationToken.None);
        Assert.Equal((1, 0), (_rig.Queue.Waiting[0], _rig.Queue.Running));
        gate.Set();
        Assert.False(training.IsCompleted);
        _rig.Conditions.Set(CallPriority.Training);
        await training;

        Assert.Equal(["training", "normal", "training"], _rig.Engine.Runs);
    }

    [Fact]
    public async Task OnConditions_ClassRestsFromTheStart_WaitsThoughTheDeviceIsIdle()
    {
        _rig.Conditions.Set(CallPriority.Interactive);
        var normal = _rig.Scheduler.RunAsync(await _rig.RequestAsync("normal", onCaller: true), CancellationToken.None);
        await _rig.Scheduler.RunAsync(await _rig.RequestAsync("interactive", CallPriority.Interactive), CancellationToken.None);

        Assert.False(normal.IsCompleted);
        _rig.Conditions.Set(CallPriority.Training);
        await normal;
    }
}
