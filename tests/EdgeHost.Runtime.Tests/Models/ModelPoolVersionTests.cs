using EdgeHost.Runtime.Decisions;
using EdgeHost.Runtime.Models;

namespace EdgeHost.Runtime.Tests.Models;

public sealed class ModelPoolVersionTests : IAsyncLifetime
{
    private const long Mebibyte = PoolFixture.Mebibyte;

    private readonly PoolFixture _pool = new();
    private readonly TaskCompletionSource _release = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public Task InitializeAsync() => Task.CompletedTask;

    public async Task DisposeAsync()
    {
        _release.TrySetResult();
        await _pool.AssertNothingStaysAsync();
        await _pool.DisposeAsync();
    }

    [Fact]
    public async Task NewVersion_WhileItLoads_TheOldServesAndItLoadsOnce()
    {
        await StartAsync(30);
        _pool.Add("m", 30 * Mebibyte, version: "2").OnLoad = _ => _release.Task;

        for (var i = 0; i < 5; i++)
        {
            Assert.Equal("1", await VersionAsync());
        }

        _release.SetResult();
        await _pool.Pool.WhenQuietAsync();

        Assert.Equal("2", await VersionAsync());
        Assert.Equal(2, _pool.Engine.LoadsStarted);
        await _pool.Pool.WhenUnloadedAsync();
        Assert.Equal(["m@2 cpu"], _pool.Resident);
        Assert.Contains("took over from 1", Assert.Single(_pool.Decisions.Find("m", DecisionKind.Version, 10)).Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task NewVersion_OldLeased_ItLeavesWithItsLastLease()
    {
        await StartAsync(30);
        var old = await _pool.LeaseAsync("m");
        _pool.Add("m", 30 * Mebibyte, version: "2");
        await _pool.TouchAsync("m");
        await _pool.Pool.WhenQuietAsync();

        var leaving = Assert.Single(_pool.Pool.Snapshot().Models, model => model.Version == "1");
        Assert.Equal((ModelState.Unloading, "version 2 took over"), (leaving.State, leaving.Reason));
        await PoolFixture.RunAsync(old);
        old.Dispose();
        await _pool.Pool.WhenUnloadedAsync();

        Assert.Equal(30 * Mebibyte, _pool.Used);
    }

    [Fact]
    public async Task NewVersion_TakesThePlaceOfTheOldWhileACallHasChosenThat_TheCallGetsTheNewOne()
    {
        await StartAsync(70);
        var loading = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        _pool.Add("m", 60 * Mebibyte, version: "2").OnLoad = _ =>
        {
            loading.TrySetResult();
            return _release.Task;
        };
        var again = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        _pool.Placement.OnPrepare = version =>
        {
            if (version == "1") return loading.Task;
            if (loading.Task.IsCompleted) again.TrySetResult();
            return Task.CompletedTask;
        };

        var call = VersionAsync();
        await Task.WhenAny(again.Task, call);
        _release.SetResult();

        Assert.Equal("2", await call);
    }

    [Fact]
    public async Task NewVersion_BothDoNotFitAndTheOldIsIdle_IsReplaced()
    {
        await StartAsync(70);
        _pool.Add("m", 60 * Mebibyte, version: "2");

        // Whichever is faster, this call or the take-over.
        Assert.Contains(await VersionAsync(), new[] { "1", "2" });
        await _pool.Pool.WhenQuietAsync();
        await _pool.Pool.WhenUnloadedAsync();

        Assert.Equal(["m@2 cpu"], _pool.Resident);
        Assert.Equal("2", await VersionAsync());
    }

    [Fact]
    public async Task NewVersion_BothDoNotFitAndTheOldIsLeased_WaitsUntilItIsIdle()
    {
        await StartAsync(70);
        _pool.Add("m", 60 * Mebibyte, version: "2");
        var old = await _pool.LeaseAsync("m");
        await _pool.Pool.WhenQuietAsync();

        Assert.Equal("1", await VersionAsync());
        Assert.Contains("waits until 1 is idle", Assert.Single(_pool.Decisions.Find("m", DecisionKind.Version, 10)).Text, StringComparison.Ordinal);
        await PoolFixture.RunAsync(old);
        old.Dispose();
        await _pool.Pool.WhenQuietAsync();

        Assert.Equal(["m@2 cpu"], _pool.Resident);
    }

    [Fact]
    public async Task NewVersion_DoesNotFitBesideAPinnedOld_TakesItsPlaceAndItsPin()
    {
        _pool.Add("m", 70 * Mebibyte);
        await _pool.Pool.PinAsync("m", "x", CancellationToken.None);
        _pool.Add("m", 60 * Mebibyte, version: "2");

        await _pool.TouchAsync("m");
        await _pool.Pool.WhenQuietAsync();

        Assert.Equal(["m@2 cpu"], _pool.Resident);
        Assert.Equal(["x"], _pool.Runtime.Model("m").PinnedBy);
    }

    [Fact]
    public async Task NewVersion_FailsToLoad_TheOldServesAndItIsTriedAgainWithGrowingPauses()
    {
        await StartAsync(30);
        var broken = _pool.Add("m", 30 * Mebibyte, version: "2");
        broken.OnLoad = _ => throw new EdgeHostException(ErrorCode.Internal, "broken");
        var attempts = new List<int>();

        for (var second = 0; second < 8; second++)
        {
            Assert.Equal("1", await VersionAsync());
            await _pool.Pool.WhenQuietAsync();
            attempts.Add(_pool.Engine.LoadsStarted - 1);
            _pool.Runtime.Time.Advance(TimeSpan.FromSeconds(1));
        }

        // At 0 s, then 1, 2 and 4 s after the one before.
        Assert.Equal([1, 2, 2, 3, 3, 3, 3, 4], attempts);
        Assert.Contains("was not taken over (broken); 1 goes on serving", _pool.Decisions.Find("m", DecisionKind.Version, 1)[0].Text, StringComparison.Ordinal);
        broken.OnLoad = null;
        _pool.Runtime.Time.Advance(TimeSpan.FromMinutes(1));
        await VersionAsync();
        await _pool.Pool.WhenQuietAsync();
        Assert.Equal("2", await VersionAsync());
    }

    [Fact]
    public async Task NewVersion_FailsAndTheOldHadLeft_TheOldIsLoadedAgain()
    {
        await StartAsync(30);
        _pool.Add("other", 90 * Mebibyte);
        await _pool.TouchAsync("other");
        _pool.Add("m", 30 * Mebibyte, version: "2").OnLoad = _ => throw new EdgeHostException(ErrorCode.DataLoss, "broken");

        Assert.Equal("1", await VersionAsync());
        Assert.Equal("1", await VersionAsync());
    }

    [Fact]
    public async Task ExactLease_WhileVersionsDiffer_GetsWhatItNames()
    {
        await StartAsync(30);
        _pool.Add("m", 30 * Mebibyte, version: "2");

        using var two = await _pool.LeaseAsync("m@2");
        using var one = await _pool.LeaseAsync("m@1");

        Assert.Equal(("2", "1"), (two.Model.Version, one.Model.Version));

        // The new one is resident now, so that it takes over at once.
        Assert.Equal("2", await VersionAsync());
    }

    [Fact]
    public async Task StoreGoesBack_TheOldTakesOverAgain()
    {
        await StartAsync(30);
        _pool.Add("m", 30 * Mebibyte, version: "2");
        await VersionAsync();
        await _pool.Pool.WhenQuietAsync();
        Assert.Equal("2", await VersionAsync());

        _pool.Add("m", 30 * Mebibyte, version: "1");
        await VersionAsync();
        await _pool.Pool.WhenQuietAsync();

        Assert.Equal("1", await VersionAsync());
    }

    [Fact]
    public async Task EvictAsync_WholeId_TheNextLeaseLoadsTheNewVersionAtOnce()
    {
        await StartAsync(30);
        _pool.Add("m", 30 * Mebibyte, version: "2");
        await _pool.Pool.EvictAsync("m", "removed from the store", CancellationToken.None);

        Assert.Equal("2", await VersionAsync());
    }

    private async Task StartAsync(int mebibytes)
    {
        _pool.Add("m", mebibytes * Mebibyte);
        await _pool.TouchAsync("m");
    }

    private async Task<string> VersionAsync()
    {
        using var lease = await _pool.LeaseAsync("m");
        return lease.Model.Version;
    }
}
