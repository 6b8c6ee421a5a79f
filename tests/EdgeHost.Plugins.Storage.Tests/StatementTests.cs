namespace EdgeHost.Plugins.Storage.Tests;

/// <summary>Values go in and come out as they are; transactions are whole.</summary>
public sealed class StatementTests : IAsyncLifetime
{
    private readonly NoteBench _bench = new();

    public Task InitializeAsync() => Task.CompletedTask;

    public async Task DisposeAsync() => await _bench.DisposeAsync();

    [Fact]
    public async Task Values_OfEveryKind_ComeOutAsTheyWentIn()
    {
        var rows = await _bench.Open().WriteAsync(
            static connection =>
            {
                connection.Execute("INSERT INTO note (id, text, number, bytes) VALUES (?1, ?2, ?3, ?4)", long.MaxValue - 1, "grüezi 你好\0!", double.Epsilon, new byte[] { 1, 0, 255 });
                connection.Execute("INSERT INTO note (id, text, number, bytes) VALUES (?1, ?2, ?3, ?4)", (long?)null, (string?)null, true, ReadOnlyMemory<byte>.Empty);
                return connection.Rows(
                    "SELECT id, text, number, bytes FROM note ORDER BY id",
                    static row => (Id: row.IntegerOrNull(0), Text: row.TextOrNull(1), Number: row.Number(2), Bytes: row.Bytes(3), IsNull: row.IsNull(3)));
            },
            default);

        Assert.Equal([long.MaxValue - 1, long.MaxValue], rows.Select(static row => row.Id));
        Assert.Equal(("grüezi 你好", double.Epsilon), (rows[0].Text!.Split('\0')[0], rows[0].Number));
        Assert.Equal([1, 0, 255], rows[0].Bytes);
        Assert.Equal((null, 1d, false), (rows[1].Text, rows[1].Number, rows[1].IsNull));
        Assert.Empty(rows[1].Bytes);
    }

    [Fact]
    public async Task Statements_WithinTheRowsOfAnother_Run()
    {
        var database = _bench.Open();
        foreach (var text in new[] { "a", "b", "c" }) await database.AddAsync(text);

        var changed = await database.WriteAsync(
            static connection =>
            {
                var count = 0;
                connection.Read(
                    "SELECT id FROM note ORDER BY id", row => count += connection.Execute("UPDATE note SET text = text || '!' WHERE id = ?1", row.Integer(0)), CancellationToken.None);
                return count;
            },
            default);

        Assert.Equal(3, changed);
        Assert.Equal(["a!", "b!", "c!"], await database.ListAsync());
    }

    [Fact]
    public async Task Write_ThatThrowsOrIsCancelled_LeavesNothing()
    {
        var database = _bench.Open();
        using var stop = new CancellationTokenSource();
        await database.AddAsync("before");

        await Assert.ThrowsAsync<NotSupportedException>(() => database.WriteAsync<int>(
            static connection =>
            {
                connection.Execute("INSERT INTO note (text) VALUES ('never')");
                throw new NotSupportedException();
            },
            default));
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => database.WriteAsync(
            connection =>
            {
                stop.Cancel();
                return connection.Execute("INSERT INTO note (text) VALUES ('never')");
            },
            stop.Token));

        Assert.Equal(["before"], await database.ListAsync());
    }

    [Fact]
    public async Task Read_WhenCancelled_EndsBeforeTheNextRow()
    {
        var database = _bench.Open();
        using var stop = new CancellationTokenSource();
        await database.AddAsync("a");
        await database.AddAsync("b");
        var seen = 0;

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => database.ReadAsync(
            connection =>
            {
                connection.Read(
                    "SELECT text FROM note",
                    _ =>
                    {
                        seen++;
                        stop.Cancel();
                    },
                    stop.Token);
                return 0;
            },
            stop.Token));

        Assert.Equal(1, seen);
        Assert.Equal(2, (await database.ListAsync()).Count);
    }

    [Fact]
    public async Task Statement_ThatIsRefused_IsAFaultOfTheProgram_AndTheNextWorks()
    {
        var database = _bench.Open();

        await Assert.ThrowsAsync<InvalidOperationException>(() => database.ReadAsync(static connection => connection.Integer("SELECT * FROM nothing"), default));

        Assert.Empty(await database.ListAsync());
    }

    [Fact]
    public async Task Deleted_AfterACheckpoint_IsNowhereInTheFiles()
    {
        const string Secret = "nobody must know of this";
        var database = _bench.Open();
        await database.AddAsync(Secret);

        await database.WriteAsync(static connection => connection.Execute("DELETE FROM note"), default);
        await database.CheckpointAsync(default);

        foreach (var path in Directory.EnumerateFiles(System.IO.Path.GetDirectoryName(_bench.Path)!).Where(static path => !path.EndsWith(".lock", StringComparison.Ordinal)))
            Assert.DoesNotContain(Secret, System.Text.Encoding.Latin1.GetString(await File.ReadAllBytesAsync(path)), StringComparison.Ordinal);
    }
}
