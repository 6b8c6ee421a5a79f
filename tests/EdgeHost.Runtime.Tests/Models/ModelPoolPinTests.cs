using EdgeHost.Runtime.Conditions;

namespace EdgeHost.Runtime.Tests.Models;

public sealed class ModelPoolPinTests : IAsyncLifetime
{
    private const long Mebibyte = PoolFixture.Mebibyte;

    private readonly PoolFixture _pool = new(options => options.Pool.IdleTimeout = TimeSpan.FromMinutes(1));

    public Task InitializeAsync() => Task.CompletedTask;

    public async Task DisposeAsync()
    {
        await _pool.AssertNothingStaysAsync();
        await _pool.DisposeAsync();
    }

    [Fact]
    public async Task PinAsync_Pinned_SurvivesRoomMakingIdlenessAndPressure()
    {
        _pool.Add("pinned", 60 * Mebibyte);
        _pool.Add("small", 30 * Mebibyte);
        _pool.Add("other", 50 * Mebibyte);
        await PinAsync("pinned", "integrator");
        for (var i = 0; i < 20; i++)
        {
            await _pool.TouchAsync("small");
        }

        var e = await Assert.ThrowsAsync<EdgeHostException>(() => _pool.LeaseAsync("other"));
        _pool.Runtime.Time.Advance(TimeSpan.FromHours(1));
        _pool.Conditions.Memory(MemoryPressureLevel.Severe);

        Assert.Equal(ErrorCode.ResourceExhausted, e.Code);
        Assert.Contains("pinned@1 60.0 MiB (pinned by integrator)", e.Message, StringComparison.Ordinal);
        Assert.Equal(["pinned@1 cpu"], _pool.Resident);
        Assert.Equal(60 * Mebibyte, _pool.Pool.Snapshot().PinnedBytes);
        Assert.Equal(["integrator"], _pool.Runtime.Model("pinned").PinnedBy);
    }

    [Fact]
    public async Task Unpin_LastOwner_MakesItEvictable()
    {
        _pool.Add("m", 60 * Mebibyte);
        _pool.Add("other", 60 * Mebibyte);
        await PinAsync("m", "a");
        await PinAsync("m", "b");
        await PinAsync("m", "b");

        Assert.Equal(["a", "b"], _pool.Runtime.Model("m").PinnedBy);
        Assert.True(_pool.Pool.Unpin("m", "a"));
        await Assert.ThrowsAsync<EdgeHostException>(() => _pool.LeaseAsync("other"));
        Assert.True(_pool.Pool.Unpin("m", "b"));
        Assert.False(_pool.Pool.Unpin("m", "b"));
        Assert.False(_pool.Pool.Unpin("unknown", "b"));

        await _pool.TouchAsync("other");
        Assert.Equal(["other@1 cpu"], _pool.Resident);
    }

    [Fact]
    public async Task Unpin_IdleForLong_LeavesAtItsTime()
    {
        _pool.Add("m", 60 * Mebibyte);
        await PinAsync("m", "a");
        _pool.Runtime.Time.Advance(TimeSpan.FromHours(1));
        Assert.Single(_pool.Resident);

        _pool.Pool.Unpin("m", "a");
        _pool.Runtime.Time.Advance(TimeSpan.FromMinutes(1));

        Assert.Empty(_pool.Resident);
    }

    [Fact]
    public async Task PinAsync_BeyondTheShare_IsRefusedWithFiguresAndNotHeld()
    {
        _pool.Add("a", 50 * Mebibyte);
        _pool.Add("b", 30 * Mebibyte);
        await PinAsync("a", "x");

        var e = await Assert.ThrowsAsync<EdgeHostException>(() => PinAsync("b", "x"));

        Assert.Equal(ErrorCode.ResourceExhausted, e.Code);
        Assert.Contains("80.0 MiB", e.Message, StringComparison.Ordinal);
        Assert.Contains("75.0 MiB", e.Message, StringComparison.Ordinal);
        Assert.Empty(_pool.Runtime.Model("b").PinnedBy);
        Assert.False(_pool.Pool.Unpin("b", "x"));
    }

    [Fact]
    public async Task PinAsync_CancelledDuringTheLoad_IsNotHeld()
    {
        var release = new TaskCompletionSource();
        _pool.Add("m", 10 * Mebibyte).OnLoad = token => release.Task.WaitAsync(token);
        using var cancellation = new CancellationTokenSource();
        var pin = _pool.Pool.PinAsync("m", "x", cancellation.Token).AsTask();

        await cancellation.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => pin);
        Assert.False(_pool.Pool.Unpin("m", "x"));
    }

    [Fact]
    public async Task EvictAsync_Pinned_LeavesAndThePinHoldsTheNextLoad()
    {
        _pool.Add("m", 10 * Mebibyte);
        await PinAsync("m", "x");

        await _pool.Pool.EvictAsync("m", "its files change", CancellationToken.None);
        Assert.Empty(_pool.Resident);
        await _pool.TouchAsync("m");

        Assert.Equal(["x"], _pool.Runtime.Model("m").PinnedBy);
    }

    [Fact]
    public async Task NewVersion_IdPinned_ThePinMovesOn()
    {
        _pool.Add("m", 10 * Mebibyte);
        await PinAsync("m", "x");
        _pool.Add("m", 10 * Mebibyte, version: "2");
        await _pool.TouchAsync("m");
        await _pool.Pool.WhenQuietAsync();
        await _pool.Pool.WhenUnloadedAsync();

        Assert.Equal(["m@2 cpu"], _pool.Resident);
        Assert.Equal(["x"], _pool.Runtime.Model("m").PinnedBy);
    }

    [Fact]
    public async Task NewVersion_VersionPinned_TheOldStays()
    {
        _pool.Add("m", 10 * Mebibyte);
        await PinAsync("m@1", "x");
        await PinAsync("m", "y");
        _pool.Add("m", 10 * Mebibyte, version: "2");
        await _pool.TouchAsync("m");
        await _pool.Pool.WhenQuietAsync();

        Assert.Equal(["m@1 cpu", "m@2 cpu"], _pool.Resident);
        var pins = _pool.Pool.Snapshot().Models.ToDictionary(model => model.Version, model => Assert.Single(model.PinnedBy));
        Assert.Equal(("x", "y"), (pins["1"], pins["2"]));
    }

    private Task PinAsync(string model, string owner) => _pool.Pool.PinAsync(model, owner, CancellationToken.None).AsTask();
}
