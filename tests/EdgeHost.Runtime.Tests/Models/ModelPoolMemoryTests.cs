using EdgeHost.PluginSdk;
using EdgeHost.Runtime.Decisions;
using EdgeHost.Runtime.Engines;
using EdgeHost.Runtime.Models;
using EdgeHost.TestKit;

namespace EdgeHost.Runtime.Tests.Models;

public sealed class ModelPoolMemoryTests : IAsyncLifetime
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
    public async Task Reserve_TakesRoomOfIdleModels_AndRefusesWhatIsInUse()
    {
        var capacity = _pool.Pool.CapacityBytes;
        _pool.Add("idle", 10 * Mebibyte);
        _pool.Add("used", 10 * Mebibyte);
        await _pool.TouchAsync("idle");
        using (await _pool.LeaseAsync("used"))
        {
            var error = Assert.Throws<EdgeHostException>(() => _pool.Pool.Reserve("a run", capacity - (5 * Mebibyte)));
            Assert.Equal(ErrorCode.ResourceExhausted, error.Code);
            Assert.Contains("A run needs", error.Message, StringComparison.Ordinal);
            Assert.Contains("used@1", error.Message, StringComparison.Ordinal);

            using var run = _pool.Pool.Reserve("a run", capacity - (15 * Mebibyte));
            Assert.Equal(["used@1 cpu"], _pool.Resident);
            Assert.Equal(capacity - (5 * Mebibyte), _pool.Used);
            run.Dispose();
            Assert.Equal(10 * Mebibyte, _pool.Used);
        }

        await _pool.Pool.WhenUnloadedAsync();
    }

    [Fact]
    public async Task RunAsync_SessionGrows_IsCharged()
    {
        var working = 0L;
        _pool.Add("m", 10 * Mebibyte).Memory = () => new SessionMemory(10 * Mebibyte, 0, working);
        using var lease = await _pool.LeaseAsync("m");
        Assert.Equal(10 * Mebibyte, _pool.Used);

        working = 7 * Mebibyte;
        await PoolFixture.RunAsync(lease);

        Assert.Equal(17 * Mebibyte, _pool.Used);
        Assert.Equal(new SessionMemory(10 * Mebibyte, 0, 7 * Mebibyte), _pool.Runtime.Model("m").Memory);
    }

    [Fact]
    public async Task RunAsync_ManyStepsOfOneLease_AreMeasuredNowAndThen()
    {
        var steps = 0;
        _pool.Add("m", 10 * Mebibyte).Memory = () => new SessionMemory(10 * Mebibyte, 0, steps * 1000);
        using var lease = await _pool.LeaseAsync("m");

        for (steps = 1; steps <= 64; steps++)
        {
            await PoolFixture.RunAsync(lease);
        }

        Assert.Equal((10 * Mebibyte) + (64 * 1000), _pool.Used);
    }

    [Fact]
    public async Task RunAsync_GrowthBeyondTheBudget_EvictsIdleModelsAndThenRefusesLoadsButNeverTheRun()
    {
        var working = 0L;
        _pool.Add("big", 60 * Mebibyte).Memory = () => new SessionMemory(60 * Mebibyte, 0, working);
        _pool.Add("idle", 30 * Mebibyte);
        _pool.Add("small", 5 * Mebibyte);
        await _pool.TouchAsync("idle");
        var big = await _pool.LeaseAsync("big");

        working = 50 * Mebibyte;
        await PoolFixture.RunAsync(big);

        Assert.Equal(["big@1 cpu"], _pool.Resident);
        Assert.Equal(110 * Mebibyte, _pool.Used);
        Assert.Contains(_pool.Decisions.Find("pool", DecisionKind.Budget, 10), decision => decision.Text.Contains("10.0 MiB over its budget of 100.0 MiB", StringComparison.Ordinal));
        var refusal = await Assert.ThrowsAsync<EdgeHostException>(() => _pool.LeaseAsync("small"));
        Assert.Equal(ErrorCode.ResourceExhausted, refusal.Code);
        await PoolFixture.RunAsync(big);
        big.Dispose();

        // Nobody uses the big one any more, so that it can go.
        await _pool.TouchAsync("small");
        Assert.Equal(["small@1 cpu"], _pool.Resident);
    }

    [Fact]
    public async Task RunAsync_OverTheBudget_BuffersOfIdlePinnedModelsGoBackFirst()
    {
        var working = 0L;
        var idleWorking = 20 * Mebibyte;
        var pinned = _pool.Add("pinned", 30 * Mebibyte);
        pinned.Memory = () => new SessionMemory(30 * Mebibyte, 0, idleWorking);
        pinned.OnRelease = () => idleWorking = 0;
        _pool.Add("big", 40 * Mebibyte).Memory = () => new SessionMemory(40 * Mebibyte, 0, working);
        await _pool.Pool.PinAsync("pinned", "test", CancellationToken.None);
        using var big = await _pool.LeaseAsync("big");

        working = 20 * Mebibyte;
        await PoolFixture.RunAsync(big);
        await _pool.Pool.WhenQuietAsync();

        Assert.Equal(90 * Mebibyte, _pool.Used);
        Assert.Equal(2, _pool.Resident.Count());
    }

    [Fact]
    public async Task Idle_ForTheConfiguredTime_GivesItsBuffersBackOnce()
    {
        var releases = 0;
        var working = 20 * Mebibyte;
        var model = _pool.Add("m", 10 * Mebibyte);
        model.Memory = () => new SessionMemory(10 * Mebibyte, 0, working);
        model.OnRelease = () =>
        {
            releases++;
            working = Mebibyte;
        };
        await _pool.TouchAsync("m");
        using (await _pool.LeaseAsync("m"))
        {
            _pool.Runtime.Time.Advance(TimeSpan.FromSeconds(60));
            await _pool.Pool.WhenQuietAsync();
            Assert.Equal(0, releases);
        }

        _pool.Runtime.Time.Advance(TimeSpan.FromSeconds(9));
        await _pool.Pool.WhenQuietAsync();
        Assert.Equal((0, 30 * Mebibyte), (releases, _pool.Used));
        _pool.Runtime.Time.Advance(TimeSpan.FromSeconds(1));
        await _pool.Pool.WhenQuietAsync();

        Assert.Equal((1, 11 * Mebibyte), (releases, _pool.Used));
        Assert.Equal(1, _pool.Runtime.Trimmer.Trims);
        _pool.Runtime.Time.Advance(TimeSpan.FromMinutes(5));
        await _pool.Pool.WhenQuietAsync();
        Assert.Equal(1, releases);
        Assert.Equal(["m@1 cpu"], _pool.Resident);
    }

    [Fact]
    public async Task Idle_EvictedWhileItGivesBuffersBack_IsUnloadedAfterwardsAndRefusesNoLoad()
    {
        using var started = new ManualResetEventSlim();
        using var release = new ManualResetEventSlim();
        var model = _pool.Add("m", 80 * Mebibyte);
        model.Memory = () => new SessionMemory(70 * Mebibyte, 0, 10 * Mebibyte);
        model.OnRelease = () =>
        {
            started.Set();
            release.Wait();
        };
        _pool.Add("other", 80 * Mebibyte);
        await _pool.TouchAsync("m");
        _pool.Runtime.Time.Advance(TimeSpan.FromSeconds(10));
        started.Wait();

        var lease = _pool.LeaseAsync("other");
        Assert.Equal(1, _pool.Engine.SessionsAlive);
        Assert.Equal(80 * Mebibyte, _pool.Pool.Snapshot().LeavingBytes);
        release.Set();
        (await lease).Dispose();

        Assert.Equal(["other@1 cpu"], _pool.Resident);
        Assert.Equal(1, _pool.Engine.SessionsAlive);
    }

    [Fact]
    public async Task Idle_EngineCannotRelease_IsLoggedAndTheModelServesOn()
    {
        var model = _pool.Add("m", 10 * Mebibyte);
        model.Memory = () => new SessionMemory(9 * Mebibyte, 0, Mebibyte);
        model.OnRelease = () => throw new InvalidOperationException("no");
        await _pool.TouchAsync("m");

        _pool.Runtime.Time.Advance(TimeSpan.FromSeconds(10));
        await _pool.Pool.WhenQuietAsync();

        Assert.Contains(_pool.Runtime.Log.Lines, line => line.Text.Contains("could not give its buffers back", StringComparison.Ordinal));
        using var lease = await _pool.LeaseAsync("m");
        await PoolFixture.RunAsync(lease);
    }

    [Fact]
    public async Task LeaseAsync_LearnedPeak_IsWhatTheNextLoadReserves()
    {
        var working = 0L;
        var release = new TaskCompletionSource();
        var model = _pool.Add("m", 10 * Mebibyte);
        model.Memory = () => new SessionMemory(10 * Mebibyte, 0, working);
        using (var lease = await _pool.LeaseAsync("m"))
        {
            working = 30 * Mebibyte;
            await PoolFixture.RunAsync(lease);
        }

        await _pool.Pool.EvictAsync("m", "test", CancellationToken.None);
        model.OnLoad = _ => release.Task;
        working = 0;
        var loading = _pool.LeaseAsync("m");

        Assert.Equal(40 * Mebibyte, _pool.Used);
        release.SetResult();
        (await loading).Dispose();
        Assert.Equal(10 * Mebibyte, _pool.Used);
    }

    [Fact]
    public async Task LeaseAsync_PeakWasBeyondTheBudget_LoadsAllTheSame()
    {
        var working = 0L;
        _pool.Add("m", 60 * Mebibyte).Memory = () => new SessionMemory(60 * Mebibyte, 0, working);
        using (var lease = await _pool.LeaseAsync("m"))
        {
            working = 90 * Mebibyte;
            await PoolFixture.RunAsync(lease);
        }

        await _pool.Pool.EvictAsync("m", "test", CancellationToken.None);
        working = 0;

        await _pool.TouchAsync("m");
        Assert.Equal(60 * Mebibyte, _pool.Used);
    }

    [Fact]
    public async Task CreateValue_Large_CountsWhileItLives()
    {
        _pool.Add("m", 10 * Mebibyte);
        using var lease = await _pool.LeaseAsync("m");

        var small = lease.CreateValue(ElementType.UInt8, new TensorShape(Mebibyte - 1));
        var large = lease.CreateValue(ElementType.UInt8, new TensorShape(2 * Mebibyte));
        Assert.Equal((12 * Mebibyte, 2 * Mebibyte), (_pool.Used, _pool.Pool.Snapshot().LargeValueBytes));
        large.Dispose();
        large.Dispose();

        Assert.Equal((10 * Mebibyte, 0L), (_pool.Used, _pool.Pool.Snapshot().LargeValueBytes));
        small.Dispose();
    }

    [Fact]
    public async Task CreateValue_NoRoom_EvictsIdleModelsAndThenRefusesWithBothFigures()
    {
        _pool.Add("m", 10 * Mebibyte);
        _pool.Add("idle", 30 * Mebibyte);
        await _pool.TouchAsync("idle");
        using var lease = await _pool.LeaseAsync("m");

        using var large = lease.CreateValue(ElementType.UInt8, new TensorShape(70 * Mebibyte));
        var e = Assert.Throws<EdgeHostException>(() => lease.CreateValue(ElementType.UInt8, new TensorShape(40 * Mebibyte)));

        Assert.Equal(["m@1 cpu"], _pool.Resident);
        Assert.Equal(ErrorCode.ResourceExhausted, e.Code);
        Assert.Contains("needs 40.0 MiB and 20.0 MiB of the budget of 100.0 MiB", e.Message, StringComparison.Ordinal);
        Assert.Contains("large values 70.0 MiB", e.Message, StringComparison.Ordinal);
        Assert.Equal((70 * Mebibyte).ToString(System.Globalization.CultureInfo.InvariantCulture), e.Details["large_value_bytes"]);
    }

    [Fact]
    public async Task RunAsync_LargeOutput_CountsUntilItIsDisposed()
    {
        _pool.Add("m", 10 * Mebibyte).OnRun = (_, _) => [new SimulatedValue(ElementType.UInt8, new TensorShape(3 * Mebibyte))];
        using var lease = await _pool.LeaseAsync("m");
        using var x = SimulatedValue.Of(new TensorShape(1), 1f);

        var result = await lease.RunAsync(new ModelStep { Inputs = [new NamedValue("x", x)] }, CancellationToken.None);
        Assert.Equal(13 * Mebibyte, _pool.Used);
        var taken = result.Take(0);
        result.Dispose();
        Assert.Equal(13 * Mebibyte, _pool.Used);
        taken.Dispose();

        Assert.Equal(10 * Mebibyte, _pool.Used);
    }

    [Fact]
    public async Task LeaseAsync_FileReplacedUnderTheSameVersion_LearnsAfresh()
    {
        var model = _pool.Add("m", 90 * Mebibyte);
        await _pool.TouchAsync("m");
        await _pool.Pool.EvictAsync("m", "its files were replaced", CancellationToken.None);
        var release = new TaskCompletionSource();
        model.OnLoad = _ => release.Task;
        model.Memory = () => new SessionMemory(5 * Mebibyte, 0, 0);
        _pool.Runtime.Source.Add(new ModelArtifact
        {
            Id = "m",
            Version = "1",
            Variant = "fp32",
            GraphPath = "m.onnx",
            GraphSha256 = new string('1', 64),
            Files = new Dictionary<string, string>(),
            SizeBytes = 5 * Mebibyte,
            EstimatedMemoryBytes = 6 * Mebibyte,
        });

        var loading = _pool.LeaseAsync("m");
        Assert.Equal(6 * Mebibyte, _pool.Used);
        release.SetResult();
        (await loading).Dispose();
    }
}
