namespace EdgeHost.Storage.Tests;

/// <summary>Full disks, damaged files, other processes, too many callers, the end of the host.</summary>
public sealed class FaultTests : IDisposable
{
    private readonly StoreBench _bench = new();

    public void Dispose() => _bench.Dispose();

    [Fact]
    public async Task Full_KeepsWhatIsThere_AndGoesOnWhenThereIsRoom()
    {
        var database = _bench.Open();
        await database.AddAsync("before");
        await database.WriteAsync(static connection => connection.Execute("PRAGMA max_page_count = 10"), default);

        var error = await database.WriteAsync(static connection => connection.Execute("INSERT INTO note (pages) VALUES (zeroblob(1000000))"), default).RefusedAsync();
        await database.AddAsync("after");

        Assert.Equal((ErrorCode.ResourceExhausted, "The disk is full: nothing was noted. Tear some out."), (error.Code, error.Message));
        Assert.Equal(["before", "after"], await database.ListAsync());
        Assert.NotEqual(0, database.Failures);
        Assert.Contains(_bench.Log.Lines, static line => line.Text.Contains("notes failed with resource_exhausted", StringComparison.Ordinal));
    }

    [Fact]
    public async Task FullDisk_OfAFile_IsTheSame()
    {
        const int NoSpace = 28;
        var database = _bench.Open();

        var error = await database.WriteAsync<int>(static _ => throw new IOException("No space left on device", NoSpace), default).RefusedAsync();

        Assert.Equal(ErrorCode.ResourceExhausted, error.Code);
        Assert.Equal(error.Message, database.Errors.DiskFull().Message);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(4096)]
    public async Task Damaged_SaysWhatToDo(int offset)
    {
        var database = _bench.Open();
        for (var i = 0; i < 20; i++) await database.AddAsync(new string('x', 2000));
        database.Dispose();
        var content = await File.ReadAllBytesAsync(database.FilePath);
        for (var i = offset; i < content.Length; i++) content[i] = (byte)(i * 7);
        await File.WriteAllBytesAsync(database.FilePath, content);

        var error = await _bench.Open().ListAsync().RefusedAsync();

        Assert.Equal(ErrorCode.DataLoss, error.Code);
        Assert.Equal("The database of notes is damaged: notes are lost. Stop the host and move the folder 'notes' away, or restore it from a backup.", error.Message);
    }

    [Fact]
    public async Task Folder_ThatCannotBeMade_IsUnavailable()
    {
        var database = _bench.Open(folder: Path.Combine("/dev/null", "notes"));

        Assert.Equal(ErrorCode.Unavailable, (await database.ListAsync().RefusedAsync()).Code);
    }

    [Fact]
    public async Task Statement_ThatIsRefused_IsInternal()
    {
        var database = _bench.Open();

        Assert.Equal(ErrorCode.Internal, (await database.AskAsync<long>("SELECT * FROM nothing").RefusedAsync()).Code);
        Assert.Empty(await database.ListAsync());
    }

    [Fact]
    public async Task Locked_IsWaitedFor()
    {
        var database = _bench.Open();
        var held = await _bench.HoldAsync();
        var write = database.AddAsync("patient");
        Assert.Empty(await _bench.Open().ListAsync());

        await held.DisposeAsync();

        await write;
        Assert.Equal(["patient"], await database.ListAsync());
    }

    [Fact]
    public async Task Locked_ForTooLong_IsUnavailable()
    {
        await using var held = await _bench.HoldAsync();
        var write = _bench.Open(time: _bench.Time).AddAsync("late");

        await _bench.PassAsync(write);

        var error = await write.RefusedAsync();
        Assert.Equal((ErrorCode.Unavailable, true), (error.Code, error.RetryAfter > TimeSpan.Zero));
    }

    [Fact]
    public async Task Locked_WhenCancelled_EndsAtOnce_AndTheNextHasItsTurn()
    {
        var database = _bench.Open(time: _bench.Time);
        await database.AddAsync("before");
        await using var held = await _bench.HoldAsync();
        using var stop = new CancellationTokenSource();
        var write = database.AddAsync("never", stop.Token);
        var read = database.ListAsync();

        await stop.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => write);
        Assert.Equal(["before"], await read);
    }

    [Fact]
    public async Task Waiting_WhenCancelled_EndsAtOnce()
    {
        var database = _bench.Open();
        using var release = new ManualResetEventSlim();
        var first = database.WriteAsync(_ => Wait(release), default);
        using var stop = new CancellationTokenSource();
        var second = database.AddAsync("never", stop.Token);

        await stop.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => second);
        Assert.False(first.IsCompleted);
        release.Set();
        await first;
        Assert.Empty(await database.ListAsync());
    }

    [Fact]
    public async Task Queue_ThatIsFull_RefusesAndRecovers()
    {
        var database = _bench.Open(queueLimit: 3);
        using var release = new ManualResetEventSlim();
        var calls = Enumerable.Range(0, 3).Select(_ => database.WriteAsync(_ => Wait(release), default)).ToList();

        var error = await database.AddAsync("too many").RefusedAsync();
        release.Set();
        await Task.WhenAll(calls);
        await database.AddAsync("now");

        Assert.Equal((ErrorCode.ResourceExhausted, "3 calls wait for the notes already. Write less."), (error.Code, error.Message));
        Assert.NotNull(error.RetryAfter);
        Assert.Equal(["now"], await database.ListAsync());
    }

    [Fact]
    public async Task Closing_LetsTheWorkEnd_AndAnswersThoseThatWait()
    {
        var database = _bench.Open();
        var (isAtWork, release) = (new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously), new ManualResetEventSlim());
        var first = database.WriteAsync(
            connection =>
            {
                isAtWork.SetResult();
                release.Wait();
                return connection.Execute("INSERT INTO note (text) VALUES ('last')");
            },
            default);
        await isAtWork.Task;
        var waiting = Enumerable.Range(0, 5).Select(i => database.AddAsync($"{i}")).ToList();
        var closing = Task.Run(database.Dispose);
        release.Set();

        await closing;
        await first;
        var outcomes = await Task.WhenAll(waiting.Select(static async call =>
        {
            try
            {
                await call;
                return (ErrorCode?)null;
            }
            catch (EdgeHostException e)
            {
                return e.Code;
            }
        }));

        Assert.All(outcomes, static code => Assert.True(code is null or ErrorCode.Unavailable));
        Assert.Equal(ErrorCode.Unavailable, (await database.AddAsync("late").RefusedAsync()).Code);
        database.Dispose();
        Assert.Equal("last", (await _bench.Open().ListAsync())[0]);
        release.Dispose();
    }

    [Fact]
    public async Task Closing_WhileAnotherProcessWrites_EndsTheWait()
    {
        await using var held = await _bench.HoldAsync();
        var database = _bench.Open();
        var write = database.AddAsync("never");

        var closing = Task.Run(database.Dispose);
        await closing;
        Assert.Equal(ErrorCode.Unavailable, (await write.RefusedAsync()).Code);
    }

    [Fact]
    public void Limits_ThatAreNone_AreRefused() => Assert.Throws<ArgumentOutOfRangeException>(() => _bench.Open(queueLimit: 0));

    private static int Wait(ManualResetEventSlim release)
    {
        release.Wait();
        return 0;
    }
}
