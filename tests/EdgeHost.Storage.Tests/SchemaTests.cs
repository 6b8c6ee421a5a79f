using EdgeHost.Storage.Databases;

namespace EdgeHost.Storage.Tests;

/// <summary>Databases of older and newer hosts.</summary>
public sealed class SchemaTests : IDisposable
{
    private const string ToSecond = "ALTER TABLE note ADD COLUMN author TEXT NOT NULL DEFAULT 'nobody'";
    private const string ToThird = "CREATE INDEX note_author ON note (author)";

    private static readonly StoreSchema Third = new(
        "CREATE TABLE note (id INTEGER PRIMARY KEY AUTOINCREMENT, text TEXT, pages BLOB, author TEXT NOT NULL DEFAULT 'nobody'); CREATE INDEX note_author ON note (author)",
        ToSecond,
        ToThird);

    private readonly StoreBench _bench = new();

    public void Dispose() => _bench.Dispose();

    [Fact]
    public async Task New_IsOfTheNewestForm()
    {
        var database = _bench.Open(Third);

        Assert.Equal(3, await database.AskAsync<long>("PRAGMA user_version"));
        Assert.Equal(0, await database.AskAsync<long>("SELECT count(*) FROM note WHERE author = 'me'"));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public async Task Older_IsBroughtUpToDate_WithWhatItHas(int form)
    {
        var older = _bench.Open(form == 1 ? new StoreSchema(StoreBench.Tables) : new StoreSchema($"{StoreBench.Tables}; {ToSecond}", ToSecond));
        await older.AddAsync("old");
        older.Dispose();

        var database = _bench.Open(Third);

        Assert.Equal(["old"], await database.ListAsync());
        Assert.Equal("nobody", await database.AskAsync<string>("SELECT author FROM note"));
        Assert.Equal(3, await database.AskAsync<long>("PRAGMA user_version"));
        Assert.Equal(1, await database.AskAsync<long>("SELECT count(*) FROM sqlite_schema WHERE name = 'note_author'"));
    }

    [Fact]
    public async Task Upgrade_ThatFails_LeavesTheOlderForm()
    {
        var older = _bench.Open();
        await older.AddAsync("old");
        older.Dispose();
        var broken = _bench.Open(new StoreSchema("", ToSecond, "CREATE INDEX broken ON nothing (author)"));

        Assert.Equal(ErrorCode.Internal, (await broken.ListAsync().RefusedAsync()).Code);
        broken.Dispose();

        var again = _bench.Open();
        Assert.Equal(["old"], await again.ListAsync());
        Assert.Equal(1, await again.AskAsync<long>("PRAGMA user_version"));
    }

    [Fact]
    public async Task Newer_IsLeftAlone()
    {
        var newer = _bench.Open(Third);
        await newer.AddAsync("new");
        newer.Dispose();

        var error = await _bench.Open().ListAsync().RefusedAsync();

        Assert.Equal(ErrorCode.FailedPrecondition, error.Code);
        Assert.Contains("in form 3, which a newer host has made; this one knows form 1", error.Message, StringComparison.Ordinal);
        Assert.Equal(["new"], await _bench.Open(Third).ListAsync());
    }

    [Fact]
    public async Task TwoProcesses_ThatUpgradeAtOnce_BothGoOn()
    {
        var older = _bench.Open();
        await older.AddAsync("old");
        older.Dispose();

        var calls = Enumerable.Range(0, 4).Select(_ => Task.Run(() => _bench.Open(Third).ListAsync())).ToList();

        Assert.All(await Task.WhenAll(calls), static notes => Assert.Equal(["old"], notes));
    }
}
