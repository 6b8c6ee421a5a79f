using EdgeHost.TestKit;

namespace EdgeHost.Storage.Tests;

/// <summary>What is on the disk, and when.</summary>
public sealed class TransactionTests : IDisposable
{
    private readonly StoreBench _bench = new();

    public void Dispose() => _bench.Dispose();

    [Fact]
    public async Task Connection_IsDurableAndForgets()
    {
        var database = _bench.Open();

        Assert.Equal("wal", await database.AskAsync<string>("PRAGMA journal_mode"));
        Assert.Equal(2, await database.AskAsync<long>("PRAGMA synchronous"));
        Assert.Equal(1, await database.AskAsync<long>("PRAGMA fullfsync"));
        Assert.Equal(1, await database.AskAsync<long>("PRAGMA secure_delete"));
        Assert.Equal(1, await database.AskAsync<long>("PRAGMA foreign_keys"));
        Assert.Equal(0, await database.AskAsync<long>("PRAGMA trusted_schema"));
    }

    [UnixFact]
    public async Task Files_AreTheOwnersAlone()
    {
        const UnixFileMode File = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        var database = _bench.Open();
        await database.AddAsync("secret");

        foreach (var folder in new[] { _bench.Folder, Path.GetDirectoryName(_bench.Folder)! })
        {
            Assert.Equal(File | UnixFileMode.UserExecute, new DirectoryInfo(folder).UnixFileMode);
        }

        Assert.Equal(3, Directory.GetFiles(_bench.Folder).Length);
        Assert.All(new DirectoryInfo(_bench.Folder).GetFiles(), static file => Assert.Equal(File, file.UnixFileMode));
    }

    [Fact]
    public async Task Nothing_IsOpenedBeforeItsFirstUse()
    {
        var database = _bench.Open();

        Assert.False(database.Exists);
        Assert.False(Directory.Exists(_bench.Folder));
        await database.AddAsync("one");
        Assert.True(database.Exists);
    }

    [Fact]
    public async Task Write_ThatThrows_LeavesNothing_AndTheNextOneGoesOn()
    {
        var database = _bench.Open();
        await database.AddAsync("before");

        await Assert.ThrowsAsync<FormatException>(() => database.WriteAsync<int>(
            static connection =>
            {
                connection.Execute("INSERT INTO note (text) VALUES ('during')");
                throw new FormatException();
            },
            default));
        await database.AddAsync("after");

        Assert.Equal(["before", "after"], await database.ListAsync());
        Assert.Equal(0, database.Failures);
    }

    [Fact]
    public async Task Write_CancelledInItsWork_LeavesNothing_AndCounts()
    {
        var database = _bench.Open();
        using var stop = new CancellationTokenSource();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => database.WriteAsync(
            connection =>
            {
                connection.Execute("INSERT INTO note (text) VALUES ('never')");
                stop.Cancel();
                return 0;
            },
            stop.Token));

        Assert.Empty(await database.ListAsync());
        Assert.Equal(1, database.Failures);
    }

    [Fact]
    public async Task Committed_SeesTheWriteBeforeAnybodyElse()
    {
        var database = _bench.Open();
        var seen = 0L;

        await database.WriteAsync(
            static connection => connection.Execute("INSERT INTO note (text) VALUES ('one')"),
            connection => seen = connection.Scalar<long>("SELECT count(*) FROM note"),
            default);

        Assert.Equal(1, seen);
    }

    [Fact]
    public async Task Read_ThatWrites_IsUndone()
    {
        var database = _bench.Open();

        await database.ReadAsync(static connection => connection.Execute("INSERT INTO note (text) VALUES ('never')"), default);

        Assert.Empty(await database.ListAsync());
    }

    [Fact]
    public async Task Connection_AfterItsWork_IsOver()
    {
        var database = _bench.Open();
        var kept = await database.ReadAsync(static connection => connection, default);

        Assert.Throws<InvalidOperationException>(() => kept.Execute("DELETE FROM note"));
    }

    [Fact]
    public async Task Values_ComeBackAsTheyWere()
    {
        var database = _bench.Open();
        await database.WriteAsync(
            static connection => connection.Execute("CREATE TABLE value (a, b, c, d, e); INSERT INTO value VALUES ($1, $2, $3, $4, $5), (NULL, NULL, NULL, NULL, NULL)", 7L, 0.5, "x", new byte[] { 1, 2 }, 1000L),
            default);

        var rows = await database.ReadAsync(
            static connection => connection.Rows("SELECT * FROM value", static row => (row.Integer(0), row.Number(1), row.Text(2), row.Bytes(3), row.Time(4))), default);

        Assert.Equal((7L, 0.5, "x", DateTimeOffset.UnixEpoch.AddSeconds(1)), (rows[0].Item1, rows[0].Item2, rows[0].Item3, rows[0].Item5));
        Assert.Equal([1, 2], rows[0].Item4);
        Assert.Equal((null, null, null, null, null), rows[1]);
    }

    [Fact]
    public async Task Deleted_LeavesTheFileAndTheLog()
    {
        var database = _bench.Open();
        await database.AddAsync("the word is Rosebud");
        await database.WriteAsync(static connection => connection.Execute("DELETE FROM note"), default);

        Assert.True(await database.CheckpointAsync(default));

        foreach (var file in Directory.GetFiles(_bench.Folder)) Assert.Equal(-1, (await File.ReadAllBytesAsync(file)).AsSpan().IndexOf("Rosebud"u8));
    }

    [Fact]
    public async Task Writes_OfTwoProcesses_AreAllThere()
    {
        var (one, other) = (_bench.Open(queueLimit: 1000), _bench.Open(queueLimit: 1000));
        var writes = Enumerable.Range(0, 100).Select(i => (i % 2 == 0 ? one : other).AddAsync($"{i}")).ToList();

        await Task.WhenAll(writes);

        Assert.Equal(Enumerable.Range(0, 100).Select(static i => $"{i}").Order(), (await one.ListAsync()).Order());
    }
}
