using EdgeHost.Runtime.Conditions;
using EdgeHost.Runtime.Decisions;
using EdgeHost.Runtime.Engines;

namespace EdgeHost.Runtime.Tests.Models;

public sealed class ModelPoolPressureTests : IAsyncLifetime
{
    private const long Mebibyte = PoolFixture.Mebibyte;

    private readonly PoolFixture _pool = new();

    public Task InitializeAsync() => Task.CompletedTask;

    public async Task DisposeAsync()
    {
        await _pool.AssertNothingStaysAsync();
        await _pool.DisposeAsync();
    }

    [Fact]
    public async Task Some_IdleModels_LeaveLowestRankFirstUntilThreeQuartersAreLeft()
    {
        await AddAndTouchAsync("rare", 20, 1);
        await AddAndTouchAsync("middle", 20, 3);
        await AddAndTouchAsync("popular", 40, 9);

        _pool.Conditions.Memory(MemoryPressureLevel.Some);

        Assert.Equal(["middle@1 cpu", "popular@1 cpu"], _pool.Resident);
        var snapshot = _pool.Pool.Snapshot();
        Assert.Equal((100 * Mebibyte, 60 * Mebibyte, 60 * Mebibyte), (snapshot.BudgetBytes, snapshot.EffectiveBudgetBytes, snapshot.UsedBytes));
        var decision = Assert.Single(_pool.Decisions.Find("pool", DecisionKind.Budget, 10));
        Assert.Contains("from 100.0 MiB to 60.0 MiB", decision.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Some_BuffersOfIdleSessions_GoBackAtOnce()
    {
        var working = 20 * Mebibyte;
        var model = _pool.Add("m", 10 * Mebibyte);
        model.Memory = () => new SessionMemory(10 * Mebibyte, 0, working);
        model.OnRelease = () => working = 0;
        await _pool.Pool.PinAsync("m", "test", CancellationToken.None);

        _pool.Conditions.Memory(MemoryPressureLevel.Some);
        await _pool.Pool.WhenQuietAsync();

        Assert.Equal(10 * Mebibyte, _pool.Used);
    }

    [Fact]
    public async Task Severe_EverythingIdleLeaves_LeasedStays()
    {
        await AddAndTouchAsync("idle", 40, 5);
        _pool.Add("leased", 30 * Mebibyte);
        using var lease = await _pool.LeaseAsync("leased");

        _pool.Conditions.Memory(MemoryPressureLevel.Severe);

        Assert.Equal(["leased@1 cpu"], _pool.Resident);
        Assert.Equal(30 * Mebibyte, _pool.Pool.Snapshot().EffectiveBudgetBytes);
        await PoolFixture.RunAsync(lease);
        var refusal = await Assert.ThrowsAsync<EdgeHostException>(() => _pool.LeaseAsync("idle"));
        Assert.Contains("of 100.0 MiB configured; the machine is short of memory", refusal.Message, StringComparison.Ordinal);
        Assert.NotNull(refusal.RetryAfter);
    }

    [Fact]
    public async Task Some_NothingLoaded_LeavesTheLeastShare()
    {
        _pool.Conditions.Memory(MemoryPressureLevel.Some);

        Assert.Equal(25 * Mebibyte, _pool.Pool.Snapshot().EffectiveBudgetBytes);
        await AddAndTouchAsync("small", 20, 1);
        Assert.Single(_pool.Resident);
    }

    [Fact]
    public async Task Some_GoesOn_ShrinksAgainOnlyAfterTheInterval()
    {
        await AddAndTouchAsync("a", 40, 1);
        await AddAndTouchAsync("b", 40, 2);

        _pool.Conditions.Memory(MemoryPressureLevel.Some);
        _pool.Conditions.Memory(MemoryPressureLevel.Some);
        Assert.Equal(["b@1 cpu"], _pool.Resident);
        _pool.Runtime.Time.Advance(TimeSpan.FromSeconds(10));
        _pool.Conditions.Memory(MemoryPressureLevel.Some);

        Assert.Empty(_pool.Resident);
        Assert.Equal(30 * Mebibyte, _pool.Pool.Snapshot().EffectiveBudgetBytes);
    }

    [Fact]
    public async Task None_AfterPressure_GrowsBackInSteps()
    {
        await AddAndTouchAsync("a", 80, 1);
        _pool.Conditions.Memory(MemoryPressureLevel.Severe);
        _pool.Conditions.Memory(MemoryPressureLevel.None);
        var steps = new List<long>();

        for (var i = 0; i < 10; i++)
        {
            steps.Add(_pool.Pool.Snapshot().EffectiveBudgetBytes / Mebibyte);
            _pool.Runtime.Time.Advance(TimeSpan.FromSeconds(10));
        }

        Assert.Equal([25, 35, 45, 55, 65, 75, 85, 95, 100, 100], steps);
        Assert.Equal(9, _pool.Decisions.Find("pool", DecisionKind.Budget, 100).Count);
        await AddAndTouchAsync("b", 90, 1);
    }

    [Fact]
    public void None_PressureReturns_StopsGrowing()
    {
        _pool.Conditions.Memory(MemoryPressureLevel.Severe);
        _pool.Conditions.Memory(MemoryPressureLevel.None);
        _pool.Runtime.Time.Advance(TimeSpan.FromSeconds(10));
        _pool.Runtime.Time.Advance(TimeSpan.FromSeconds(10));
        Assert.Equal(45 * Mebibyte, _pool.Pool.Snapshot().EffectiveBudgetBytes);

        _pool.Conditions.Memory(MemoryPressureLevel.Some);
        _pool.Runtime.Time.Advance(TimeSpan.FromMinutes(1));

        Assert.Equal(25 * Mebibyte, _pool.Pool.Snapshot().EffectiveBudgetBytes);
    }

    private async Task AddAndTouchAsync(string id, int mebibytes, int times)
    {
        _pool.Add(id, mebibytes * Mebibyte);
        for (var i = 0; i < times; i++)
        {
            await _pool.TouchAsync(id);
        }
    }
}
