using EdgeHost.Runtime.Models;

namespace EdgeHost.Runtime.Tests.Models;

public sealed class ModelPoolFailedLoadTests : IAsyncLifetime
{
    private readonly PoolFixture _pool = new();

    public Task InitializeAsync() => Task.CompletedTask;

    public async Task DisposeAsync()
    {
        await _pool.AssertNothingStaysAsync();
        await _pool.DisposeAsync();
    }

    [Fact]
    public async Task LeaseAsync_FaultOfTheModel_IsRetriedAtOnceOnceAndThenWithGrowingPauses()
    {
        _pool.Add("m", 1 << 20).OnLoad = _ => throw new EdgeHostException(ErrorCode.InvalidArgument, "The graph is broken.");
        var loads = new List<int>();

        for (var second = 0; second < 8; second++)
        {
            for (var i = 0; i < 3; i++)
            {
                var e = await Assert.ThrowsAsync<EdgeHostException>(() => _pool.LeaseAsync("m"));
                Assert.Equal(ErrorCode.InvalidArgument, e.Code);
                Assert.StartsWith("The graph is broken.", e.Message, StringComparison.Ordinal);
            }

            loads.Add(_pool.Engine.LoadsStarted);
            _pool.Runtime.Time.Advance(TimeSpan.FromSeconds(1));
        }

        Assert.Equal([2, 3, 3, 4, 4, 4, 4, 5], loads);
        var recorded = await Assert.ThrowsAsync<EdgeHostException>(() => _pool.LeaseAsync("m"));
        Assert.Equal(TimeSpan.FromSeconds(7), recorded.RetryAfter);
        Assert.Contains("failed 5 times in a row and is tried again in 7 s", recorded.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task LeaseAsync_PauseGrowsForLong_StopsAtItsLimit()
    {
        _pool.Add("m", 1 << 20).OnLoad = _ => throw new EdgeHostException(ErrorCode.InvalidArgument, "broken");
        for (var i = 0; i < 100; i++)
        {
            await Assert.ThrowsAsync<EdgeHostException>(() => _pool.LeaseAsync("m"));
            _pool.Runtime.Time.Advance(TimeSpan.FromSeconds(30));
        }

        Assert.Equal(100, _pool.Engine.LoadsStarted);
    }

    [Fact]
    public async Task LeaseAsync_FaultOfSomethingElse_IsRetriedByEveryCaller()
    {
        _pool.Add("m", 1 << 20).OnLoad = _ => throw new EdgeHostException(ErrorCode.Internal, "who knows");

        for (var i = 0; i < 5; i++)
        {
            await Assert.ThrowsAsync<EdgeHostException>(() => _pool.LeaseAsync("m"));
        }

        Assert.Equal(5, _pool.Engine.LoadsStarted);
    }

    [Fact]
    public async Task EvictAsync_FilesChanged_ForgetsThePause()
    {
        var model = _pool.Add("m", 1 << 20);
        model.OnLoad = _ => throw new EdgeHostException(ErrorCode.DataLoss, "broken");
        await Assert.ThrowsAsync<EdgeHostException>(() => _pool.LeaseAsync("m"));
        await Assert.ThrowsAsync<EdgeHostException>(() => _pool.LeaseAsync("m"));
        model.OnLoad = null;
        await Assert.ThrowsAsync<EdgeHostException>(() => _pool.LeaseAsync("m"));

        await _pool.Pool.EvictAsync("m", "its files were replaced", CancellationToken.None);
        await _pool.TouchAsync("m");

        Assert.Equal(ModelState.Resident, _pool.Runtime.Model("m").State);
    }

    [Fact]
    public async Task LeaseAsync_LoadDoesNotEndOnTheProcessor_IsAFaultOfTheModel()
    {
        var release = new TaskCompletionSource();
        _pool.Add("m", 1 << 20).OnLoad = _ => release.Task;
        var waiting = _pool.LeaseAsync("m");
        await _pool.Engine.WaitUntilAsync(() => _pool.Engine.LoadsStarted == 1);

        _pool.Runtime.Time.Advance(TimeSpan.FromMinutes(5));

        Assert.Equal(ErrorCode.InvalidArgument, (await Assert.ThrowsAsync<EdgeHostException>(() => waiting)).Code);
        Assert.Empty(_pool.Health.Hangs);
        Assert.Equal(1 << 20, _pool.Used);
        release.SetResult();
    }
}
