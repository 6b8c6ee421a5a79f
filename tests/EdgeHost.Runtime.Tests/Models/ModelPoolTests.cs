using EdgeHost.Runtime.Models;
using EdgeHost.TestKit;

namespace EdgeHost.Runtime.Tests.Models;

public sealed class ModelPoolTests : IAsyncLifetime
{
    private const long Mebibyte = 1 << 20;

    private readonly RuntimeFixture _runtime = new();
    private readonly TaskCompletionSource _release = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public Task InitializeAsync() => Task.CompletedTask;

    public async Task DisposeAsync()
    {
        _release.TrySetResult();
        await _runtime.DisposeAsync();
        Assert.Empty(_runtime.Engine.Faults);
        Assert.Equal(0, _runtime.Engine.SessionsAlive);
    }

    [Fact]
    public async Task LeaseAsync_TwoLeases_ShareOneSession()
    {
        _runtime.Source.Add("m");

        using var first = await _runtime.LeaseAsync("m");
        using var second = await _runtime.LeaseAsync("m@1.0");

        Assert.Equal(1, _runtime.Engine.LoadsStarted);
        Assert.Same(first.Model, second.Model);
        Assert.Equal("cpu", first.Model.Device);
        var model = _runtime.Model("m");
        Assert.Equal((ModelState.Resident, 2, 1L, 1L), (model.State, model.Leases, model.Loads, model.Hits));
        Assert.Equal(Mebibyte, model.Bytes);
    }

    [Fact]
    public async Task LeaseAsync_ManyAtOnce_LoadOnce()
    {
        _runtime.Source.Add("m");
        _runtime.Engine.Describe("m", new SimulatedModel { OnLoad = _ => _release.Task });

        var leases = Enumerable.Range(0, 20).Select(_ => _runtime.LeaseAsync("m")).ToArray();
        Assert.Equal(ModelState.Loading, _runtime.Model("m").State);
        Assert.True(_runtime.Model("m").Bytes > Mebibyte, "the load reserves before it measures");
        _release.SetResult();
        foreach (var lease in await Task.WhenAll(leases))
        {
            lease.Dispose();
        }

        Assert.Equal(1, _runtime.Engine.LoadsStarted);
        Assert.Equal(Mebibyte, _runtime.Pool.Snapshot().UsedBytes);
        Assert.Equal(0, _runtime.Pool.Snapshot().Leases);
    }

    [Fact]
    public async Task LeaseAsync_FailedLoad_FailsAllWaitersAndIsNotRemembered()
    {
        _runtime.Source.Add("m");
        var behaviour = new SimulatedModel
        {
            OnLoad = async _ =>
            {
                await _release.Task;
                throw new EdgeHostException(ErrorCode.InvalidArgument, "broken graph");
            },
        };
        _runtime.Engine.Describe("m", behaviour);
        var first = _runtime.LeaseAsync("m");
        var second = _runtime.LeaseAsync("m");
        _release.SetResult();

        Assert.Equal(ErrorCode.InvalidArgument, (await Assert.ThrowsAsync<EdgeHostException>(() => first)).Code);
        Assert.Equal(ErrorCode.InvalidArgument, (await Assert.ThrowsAsync<EdgeHostException>(() => second)).Code);
        Assert.Equal((ModelState.Unavailable, "broken graph"), (_runtime.Model("m").State, _runtime.Model("m").Reason));
        Assert.Equal(0, _runtime.Pool.Snapshot().UsedBytes);

        behaviour.OnLoad = null;
        using var lease = await _runtime.LeaseAsync("m");
        Assert.Equal(ModelState.Resident, _runtime.Model("m").State);
    }

    [Fact]
    public async Task EvictAsync_AfterAFailedLoad_ForgetsTheFailure()
    {
        _runtime.Source.Add("m");
        _runtime.Engine.Describe("m", new SimulatedModel { OnLoad = _ => throw new EdgeHostException(ErrorCode.InvalidArgument, "broken graph") });
        await Assert.ThrowsAsync<EdgeHostException>(() => _runtime.LeaseAsync("m"));
        Assert.Equal(ModelState.Unavailable, _runtime.Model("m").State);

        Assert.Equal(0, await _runtime.Pool.EvictAsync("m@1.0", "its files were replaced", CancellationToken.None));

        Assert.Empty(_runtime.Pool.Snapshot().Models);
    }

    [Fact]
    public async Task EvictAsync_WhileLoading_TheAbandonedLoadLeavesTheNextOneInThePool()
    {
        var first = new TaskCompletionSource();
        var second = new TaskCompletionSource();
        var loads = new Queue<TaskCompletionSource>([first, second]);
        _runtime.Source.Add("m");
        _runtime.Engine.Describe("m", new SimulatedModel { OnLoad = token => loads.Dequeue().Task.WaitAsync(token) });
        using var cancellation = new CancellationTokenSource();
        var evicted = _runtime.LeaseAsync("m", RuntimeFixture.Scope(cancellationToken: cancellation.Token));
        await _runtime.Engine.WaitUntilAsync(() => _runtime.Engine.LoadsStarted == 1);
        await _runtime.Pool.EvictAsync("m", "its files change", CancellationToken.None);
        var next = _runtime.LeaseAsync("m");
        await cancellation.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => evicted);
        second.SetResult();
        (await next).Dispose();

        Assert.Equal(1, await _runtime.Pool.EvictAsync("m", "the end", CancellationToken.None));
        await _runtime.Pool.WhenUnloadedAsync();
        Assert.Equal((0L, 0L), (_runtime.Pool.Snapshot().UsedBytes, _runtime.Pool.Snapshot().LeavingBytes));
        Assert.Equal(0, _runtime.Engine.SessionsAlive);
    }

    [Fact]
    public async Task LeaseAsync_EngineThrowsAnything_IsInternalWithoutItsText()
    {
        _runtime.Source.Add("m");
        _runtime.Engine.Describe("m", new SimulatedModel { OnLoad = _ => throw new InvalidOperationException("secret") });

        var e = await Assert.ThrowsAsync<EdgeHostException>(() => _runtime.LeaseAsync("m"));

        Assert.Equal(ErrorCode.Internal, e.Code);
        Assert.DoesNotContain("secret", e.Message, StringComparison.Ordinal);
        Assert.Equal(0, _runtime.Pool.Snapshot().UsedBytes);
    }

    [Fact]
    public async Task LeaseAsync_OneWaiterCancels_TheLoadGoesOnForTheOther()
    {
        _runtime.Source.Add("m");
        _runtime.Engine.Describe("m", new SimulatedModel { OnLoad = token => _release.Task.WaitAsync(token) });
        using var cancellation = new CancellationTokenSource();
        var impatient = _runtime.Pool.ForCall(RuntimeFixture.Scope()).LeaseAsync("m", cancellation.Token).AsTask();
        var patient = _runtime.LeaseAsync("m");

        await cancellation.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => impatient);
        _release.SetResult();

        using var lease = await patient;
        Assert.Equal(1, _runtime.Engine.LoadsStarted);
        Assert.Equal(1, _runtime.Model("m").Leases);
    }

    [Fact]
    public async Task LeaseAsync_AllWaitersCancel_TheLoadIsCancelledAndItsBytesReturn()
    {
        _runtime.Source.Add("m");
        var seen = new TaskCompletionSource<CancellationToken>();
        _runtime.Engine.Describe("m", new SimulatedModel
        {
            OnLoad = token =>
            {
                seen.SetResult(token);
                return _release.Task.WaitAsync(token);
            },
        });
        using var cancellation = new CancellationTokenSource();
        var scope = RuntimeFixture.Scope(cancellationToken: cancellation.Token);
        var lease = _runtime.LeaseAsync("m", scope);
        var load = await seen.Task;

        await cancellation.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => lease);

        Assert.True(load.IsCancellationRequested);
        await _runtime.Pool.WhenUnloadedAsync();
        var pool = _runtime.Pool.Snapshot();
        Assert.Equal((0L, 0L), (pool.UsedBytes, pool.LeavingBytes));
        Assert.Empty(pool.Models);
    }

    [Fact]
    public async Task LeaseAsync_TooBigForTheBudget_IsRefusedAtOnceWithBothFigures()
    {
        _runtime.Source.Add("giant", estimatedMemoryBytes: 200 * Mebibyte);

        var e = await Assert.ThrowsAsync<EdgeHostException>(() => _runtime.LeaseAsync("giant"));

        Assert.Equal(ErrorCode.ResourceExhausted, e.Code);
        Assert.Null(e.RetryAfter);
        Assert.Contains("200.0 MiB", e.Message, StringComparison.Ordinal);
        Assert.Contains("100.0 MiB", e.Message, StringComparison.Ordinal);
        Assert.Equal(0, _runtime.Engine.LoadsStarted);
    }

    [Fact]
    public async Task LeaseAsync_BudgetHeldByLeases_IsRefusedNamingTheHolders()
    {
        _runtime.Source.Add("held", 70 * Mebibyte, estimatedMemoryBytes: 70 * Mebibyte).Add("other", 50 * Mebibyte, estimatedMemoryBytes: 50 * Mebibyte);
        using var held = await _runtime.LeaseAsync("held");

        var e = await Assert.ThrowsAsync<EdgeHostException>(() => _runtime.LeaseAsync("other"));

        Assert.Equal(ErrorCode.ResourceExhausted, e.Code);
        Assert.NotNull(e.RetryAfter);
        Assert.Contains("held@1.0 70.0 MiB (1 lease by app through tests)", e.Message, StringComparison.Ordinal);
        Assert.Contains("30.0 MiB of the budget", e.Message, StringComparison.Ordinal);
        Assert.Equal(ModelState.Resident, _runtime.Model("held").State);
    }

    [Fact]
    public async Task LeaseAsync_NoRoom_EvictsIdleModelsLowestRankFirstAndNeverALeasedOne()
    {
        foreach (var id in new[] { "leased", "popular", "rare", "new" })
        {
            _runtime.Source.Add(id, 30 * Mebibyte, estimatedMemoryBytes: 30 * Mebibyte);
        }

        using var leased = await _runtime.LeaseAsync("leased");
        (await _runtime.LeaseAsync("rare")).Dispose();
        for (var i = 0; i < 5; i++)
        {
            (await _runtime.LeaseAsync("popular")).Dispose();
        }

        (await _runtime.LeaseAsync("new")).Dispose();
        await _runtime.Pool.WhenUnloadedAsync();

        var models = _runtime.Pool.Snapshot().Models;
        Assert.Equal(["leased", "new", "popular"], models.Select(model => model.Id));
        Assert.Equal(90 * Mebibyte, _runtime.Pool.Snapshot().UsedBytes);
        Assert.Equal(1, _runtime.Trimmer.Trims);
        Assert.Equal(1, _runtime.Pool.Snapshot().Evictions);
    }

    [Fact]
    public async Task LeaseAsync_EvictedMemory_IsFreeBeforeTheNextLoadBegins()
    {
        _runtime.Source.Add("a", 80 * Mebibyte, estimatedMemoryBytes: 80 * Mebibyte).Add("b", 80 * Mebibyte, estimatedMemoryBytes: 80 * Mebibyte);
        var alive = -1;
        _runtime.Engine.Describe("b", new SimulatedModel
        {
            OnLoad = _ =>
            {
                alive = _runtime.Engine.SessionsAlive;
                return Task.CompletedTask;
            },
        });
        (await _runtime.LeaseAsync("a")).Dispose();

        (await _runtime.LeaseAsync("b")).Dispose();

        Assert.Equal(0, alive);
    }

    [Fact]
    public async Task LeaseAsync_MeasuredMoreThanEstimated_CorrectsTheLedgerAndLearns()
    {
        _runtime.Source.Add("m", estimatedMemoryBytes: 10 * Mebibyte);
        _runtime.Engine.Describe("m", new SimulatedModel { ResidentBytes = 25 * Mebibyte });

        (await _runtime.LeaseAsync("m")).Dispose();
        Assert.Equal(25 * Mebibyte, _runtime.Pool.Snapshot().UsedBytes);
        await _runtime.Pool.EvictAsync("m", "test", CancellationToken.None);
        _runtime.Engine.Describe("m", new SimulatedModel { ResidentBytes = 25 * Mebibyte, OnLoad = _ => _release.Task });
        var loading = _runtime.LeaseAsync("m");

        Assert.Equal(25 * Mebibyte, _runtime.Pool.Snapshot().UsedBytes);
        _release.SetResult();
        (await loading).Dispose();
    }

    [Fact]
    public async Task LeaseAsync_MeasuredMoreThanTheBudgetHas_IsRefusedAndFreed()
    {
        _runtime.Source.Add("liar", estimatedMemoryBytes: Mebibyte);
        _runtime.Engine.Describe("liar", new SimulatedModel { ResidentBytes = 101 * Mebibyte });

        var e = await Assert.ThrowsAsync<EdgeHostException>(() => _runtime.LeaseAsync("liar"));

        Assert.Equal(ErrorCode.ResourceExhausted, e.Code);
        Assert.Contains("101.0 MiB", e.Message, StringComparison.Ordinal);
        Assert.Equal(0, _runtime.Pool.Snapshot().UsedBytes);
        Assert.Equal(0, _runtime.Engine.SessionsAlive);
        await Assert.ThrowsAsync<EdgeHostException>(() => _runtime.LeaseAsync("liar"));
        Assert.Equal(1, _runtime.Engine.LoadsStarted);
    }

    [Fact]
    public async Task LeaseAsync_NotInTheManifest_IsPermissionDenied()
    {
        _runtime.Source.Add("allowed").Add("other");
        var scope = RuntimeFixture.Scope(allowed: new HashSet<string> { "allowed" });

        (await _runtime.LeaseAsync("allowed", scope)).Dispose();
        (await _runtime.LeaseAsync("allowed@1.0", scope)).Dispose();
        var e = await Assert.ThrowsAsync<EdgeHostException>(() => _runtime.LeaseAsync("other", scope));

        Assert.Equal(ErrorCode.PermissionDenied, e.Code);
        Assert.Contains("'other'", e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task LeaseAsync_SourceRefuses_PassesItsError()
    {
        _runtime.Source.Failure = new EdgeHostException(ErrorCode.DataLoss, "hash differs");

        var e = await Assert.ThrowsAsync<EdgeHostException>(() => _runtime.LeaseAsync("m"));

        Assert.Equal(ErrorCode.DataLoss, e.Code);
    }

    [Fact]
    public async Task EvictAsync_Leased_LeavesThePoolAndDiesWithTheLastLease()
    {
        _runtime.Source.Add("m");
        var old = await _runtime.LeaseAsync("m");

        Assert.Equal(1, await _runtime.Pool.EvictAsync("m", "its files change", CancellationToken.None));
        Assert.Equal((ModelState.Unloading, "its files change"), (_runtime.Model("m").State, _runtime.Model("m").Reason));
        using (var result = await old.RunAsync(RuntimeFixture.Step(3), CancellationToken.None))
        {
            Assert.Equal(3f, result[0].AsSpan<float>()[0]);
        }

        using var fresh = await _runtime.LeaseAsync("m");
        Assert.Equal(2, _runtime.Engine.SessionsAlive);
        Assert.NotSame(old.Model, fresh.Model);
        old.Dispose();
        await _runtime.Pool.WhenUnloadedAsync();

        Assert.Equal(1, _runtime.Engine.SessionsAlive);
        Assert.Equal(Mebibyte, _runtime.Pool.Snapshot().UsedBytes);
    }

    [Fact]
    public async Task NewVersion_OldStillLeased_BothServeUntilTheOldIsReleased()
    {
        _runtime.Source.Add("m", version: "1");
        using var old = await _runtime.LeaseAsync("m");
        _runtime.Source.Add("m", version: "2");
        _runtime.Engine.Describe("m@2", new SimulatedModel { OnLoad = _ => _release.Task });

        // The old one serves while the new one is loaded beside it.
        using var meanwhile = await _runtime.LeaseAsync("m");
        _release.SetResult();
        await _runtime.Pool.WhenQuietAsync();
        using var current = await _runtime.LeaseAsync("m");

        Assert.Equal(("1", "1", "2"), (old.Model.Version, meanwhile.Model.Version, current.Model.Version));
        Assert.Equal(2, _runtime.Engine.SessionsAlive);
    }

    [Fact]
    public async Task IdleTimeout_NobodyUsesIt_Leaves()
    {
        await using var runtime = new RuntimeFixture(configure: options => options.Pool.IdleTimeout = TimeSpan.FromMinutes(1));
        runtime.Source.Add("idle").Add("leased");
        (await runtime.LeaseAsync("idle")).Dispose();
        using var leased = await runtime.LeaseAsync("leased");

        runtime.Time.Advance(TimeSpan.FromSeconds(45));
        Assert.Equal(ModelState.Resident, runtime.Model("idle").State);
        runtime.Time.Advance(TimeSpan.FromSeconds(15));
        await runtime.Pool.WhenUnloadedAsync();

        Assert.Equal("leased", Assert.Single(runtime.Pool.Snapshot().Models).Id);
    }

    [Fact]
    public async Task DisposeAsync_LeaseStillHeld_TheSessionGoesWithIt()
    {
        var runtime = new RuntimeFixture();
        runtime.Source.Add("m");
        var lease = await runtime.LeaseAsync("m");
        var pool = runtime.Pool;

        await runtime.DisposeAsync();
        Assert.Equal(1, runtime.Engine.SessionsAlive);
        lease.Dispose();
        await pool.WhenUnloadedAsync();

        Assert.Equal(0, runtime.Engine.SessionsAlive);
        Assert.Equal(0, pool.Snapshot().UsedBytes);
    }
}
