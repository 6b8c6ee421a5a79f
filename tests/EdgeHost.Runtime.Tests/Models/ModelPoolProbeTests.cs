using EdgeHost.PluginSdk;
using EdgeHost.Runtime.Models;
using EdgeHost.TestKit;

namespace EdgeHost.Runtime.Tests.Models;

public sealed class ModelPoolProbeTests : IAsyncLifetime
{
    private const long Mebibyte = PoolFixture.Mebibyte;

    private readonly PoolFixture _pool = new(time: TimeProvider.System);
    private readonly ManualResetEventSlim _release = new();
    private readonly List<ModelValue> _inputs = [];

    public Task InitializeAsync() => Task.CompletedTask;

    public async Task DisposeAsync()
    {
        _release.Set();
        await _pool.AssertNothingStaysAsync();
        await _pool.DisposeAsync();
        _release.Dispose();
    }

    [Fact]
    public async Task ProbeAsync_ResidentModels_TellHowEachIs()
    {
        await AddAsync("good", Probe);
        await AddAsync("unknown", static () => null);
        await AddAsync("bad", Probe, static (_, _) => throw new EdgeHostException(ErrorCode.Internal, "broken"));
        var before = _pool.Runtime.Model("good");

        var results = await _pool.Pool.ProbeAsync(TimeSpan.FromSeconds(30), CancellationToken.None);

        Assert.Equal(
            [("bad@1", ModelProbeOutcome.Failed, "broken"), ("good@1", ModelProbeOutcome.Answered, null), ("unknown@1", ModelProbeOutcome.NotKnown, null)],
            results.Select(result => (result.Model, result.Outcome, result.Error)));
        Assert.Equal(2, _inputs.Count);
        Assert.All(_inputs, input => Assert.Throws<ObjectDisposedException>(() => input.AsSpan<float>().Length));
        Assert.Equal((before.Rank, before.LastUsed, before.Hits), (_pool.Runtime.Model("good").Rank, _pool.Runtime.Model("good").LastUsed, _pool.Runtime.Model("good").Hits));
    }

    [Fact]
    public async Task ProbeAsync_NoAnswer_IsReportedAndNotWaitedFor()
    {
        // The run does not hear of its cancellation.
        await AddAsync("a", Probe, (_, _) =>
        {
            _release.Wait(CancellationToken.None);
            return [];
        });
        await AddAsync("b", Probe);

        var results = await _pool.Pool.ProbeAsync(TimeSpan.FromMilliseconds(50), CancellationToken.None);

        Assert.Equal([ModelProbeOutcome.NoAnswer, ModelProbeOutcome.NoAnswer], results.Select(result => result.Outcome));
        Assert.Contains("not asked: a@1", results[1].Error, StringComparison.Ordinal);
        await _pool.Pool.EvictAsync("b", "test", CancellationToken.None);
        Assert.Equal(1, _pool.Engine.SessionsAlive);
        _release.Set();

        // On a busy machine the time may have passed before the run began.
        await _pool.Engine.WaitUntilAsync(() => _pool.Engine.RunsEnded == _pool.Engine.RunsStarted);
    }

    [Fact]
    public async Task ProbeAsync_Cancelled_Stops()
    {
        await AddAsync("a", Probe, (_, token) =>
        {
            token.WaitHandle.WaitOne();
            token.ThrowIfCancellationRequested();
            return [];
        });
        using var cancellation = new CancellationTokenSource();
        var probe = _pool.Pool.ProbeAsync(TimeSpan.FromMinutes(1), cancellation.Token).AsTask();
        await _pool.Engine.WaitUntilAsync(() => _pool.Engine.RunsStarted == 1);

        await cancellation.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => probe);
    }

    private ModelStep Probe()
    {
        var input = SimulatedValue.Of(new TensorShape(1), 0f);
        _inputs.Add(input);
        return new ModelStep { Inputs = [new NamedValue("x", input)] };
    }

    private async Task AddAsync(string id, Func<ModelStep?> probe, Func<ModelStep, CancellationToken, IReadOnlyList<ModelValue>>? run = null)
    {
        var model = _pool.Add(id, Mebibyte);
        model.OnProbe = probe;
        model.OnRun = run;
        await _pool.TouchAsync(id);
    }
}
