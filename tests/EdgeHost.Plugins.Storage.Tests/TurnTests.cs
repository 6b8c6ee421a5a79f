namespace EdgeHost.Plugins.Storage.Tests;

/// <summary>Callers one after the other, versions of a plugin one after the other, and the end.</summary>
public sealed class TurnTests : IAsyncLifetime
{
    private readonly NoteBench _bench = new();

    public Task InitializeAsync() => Task.CompletedTask;

    public async Task DisposeAsync() => await _bench.DisposeAsync();

    [Fact]
    public async Task Callers_AtOnce_HaveTheirTurns()
    {
        var database = _bench.Open();

        await Task.WhenAll(Enumerable.Range(0, 50).Select(i => database.AddAsync($"{i:00}")));

        Assert.Equal(Enumerable.Range(0, 50).Select(static i => $"{i:00}"), (await database.ListAsync()).Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task Queue_ThatIsFull_RefusesAndRecovers_ButNotWhatGoesOn()
    {
        var database = _bench.Open(queueLimit: 2);
        using var gate = new Gate();
        var calls = new[] { database.WriteAsync(_ => gate.Wait(), default), database.WriteAsync(_ => gate.Wait(), default) };

        var error = await database.AddAsync("too many").RefusedAsync();
        var goingOn = database.GoOnAsync(static connection => connection.Execute("INSERT INTO note (text) VALUES ('step')"), default);
        gate.Open();
        await Task.WhenAll(calls);
        await goingOn;
        await database.AddAsync("now");

        Assert.Equal((ErrorCode.ResourceExhausted, "2 calls wait for the notes already. Write less."), (error.Code, error.Message));
        Assert.NotNull(error.RetryAfter);
        Assert.Equal(["step", "now"], await database.ListAsync());
    }

    [Fact]
    public async Task Waiting_WhenCancelled_EndsAtOnce()
    {
        var database = _bench.Open();
        using var gate = new Gate();
        using var stop = new CancellationTokenSource();
        var first = database.WriteAsync(_ => gate.Wait(), default);
        var second = database.AddAsync("never", stop.Token);

        await stop.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => second);
        Assert.False(first.IsCompleted);
        gate.Open();
        await first;
        Assert.Empty(await database.ListAsync());
    }

    [Fact]
    public async Task OtherVersion_HasTheFileWhenThisOneIsIdle_AndThisOneKnows()
    {
        var (old, young) = (_bench.Open(), _bench.Open(TimeProvider.System));
        await old.AddAsync("of the old one");
        var tenancy = await old.ReadAsync(_ => old.Tenancy, default);

        var write = young.AddAsync("of the young one");
        await Task.Yield();
        Assert.False(write.IsCompleted);
        _bench.Time.Advance(TimeSpan.FromSeconds(5));
        await write;
        await young.DisposeAsync();

        Assert.Equal(["of the old one", "of the young one"], await old.ListAsync());
        Assert.Equal(tenancy + 1, old.Tenancy);
    }

    [Fact]
    public async Task Idle_LetsGo_AndNothingIsSaidToHaveChangedWhereNobodyElseCame()
    {
        var database = _bench.Open();
        await database.AddAsync("a");
        var tenancy = database.Tenancy;

        _bench.Time.Advance(TimeSpan.FromSeconds(5));
        using (var held = PrivateFiles.Open(_bench.Path + ".lock", FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None)) Assert.NotEqual(0, held.Length);
        Assert.False(File.Exists(_bench.Path + "-wal"));
        await database.AddAsync("b");

        Assert.Equal(tenancy, database.Tenancy);
    }

    [Fact]
    public async Task OtherVersion_ThatIsBusyForTooLong_IsUnavailable()
    {
        var (old, young) = (_bench.Open(TimeProvider.System), _bench.Open());
        using var gate = new Gate();
        var work = old.WriteAsync(_ => gate.Wait(), default);
        await gate.Entered;
        var write = young.AddAsync("late");

        await _bench.PassAsync(write);

        var error = await write.RefusedAsync();
        Assert.Equal((ErrorCode.Unavailable, true), (error.Code, error.RetryAfter > TimeSpan.Zero));
        gate.Open();
        await work;
    }

    [Fact]
    public async Task Versions_TakingTurns_LoseNothing()
    {
        const int Rounds = 20;
        for (var i = 0; i < Rounds; i++)
        {
            await using var young = _bench.Open(TimeProvider.System);
            await young.AddAsync($"{i:00}");
            if (i % 3 == 0) await young.CheckpointAsync(default);
        }

        Assert.Equal(Rounds, (await _bench.Open().ListAsync()).Count);
    }

    [Fact]
    public async Task Disposal_LetsTheWorkEnd_AndAnswersThoseThatWait()
    {
        var database = _bench.Open();
        using var gate = new Gate();
        var first = database.WriteAsync(
            connection =>
            {
                gate.Wait();
                return connection.Execute("INSERT INTO note (text) VALUES ('last')");
            },
            default);
        await gate.Entered;
        var waiting = database.AddAsync("never");

        var closing = database.DisposeAsync();
        Assert.False(closing.IsCompleted);
        gate.Open();
        await closing;

        Assert.Equal(1, await first);
        Assert.Equal(ErrorCode.Unavailable, (await waiting.RefusedAsync()).Code);
        Assert.Equal(ErrorCode.Unavailable, (await database.AddAsync("late").RefusedAsync()).Code);
        await database.DisposeAsync();
        Assert.Equal(["last"], await _bench.Open().ListAsync());
    }

    private sealed class Gate : IDisposable
    {
        private readonly ManualResetEventSlim _gate = new();
        private readonly TaskCompletionSource _entered = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public Task Entered => _entered.Task;

        public int Wait()
        {
            _entered.TrySetResult();
            _gate.Wait();
            return 0;
        }

        public void Open() => _gate.Set();

        public void Dispose() => _gate.Dispose();
    }
}
