namespace EdgeHost.Plugins.Storage.Tests;

/// <summary>Forms of a database: made, brought up to date, refused.</summary>
public sealed class SchemaTests : IAsyncLifetime
{
    private const string AddAuthor = "ALTER TABLE note ADD COLUMN author TEXT NOT NULL DEFAULT 'nobody'";
    private const string AddIndex = "CREATE INDEX note_author ON note (author)";

    private readonly NoteBench _bench = new();

    public Task InitializeAsync() => Task.CompletedTask;

    public async Task DisposeAsync() => await _bench.DisposeAsync();

    [Fact]
    public async Task Older_IsBroughtUpToDate_WithWhatIsInIt()
    {
        await using (var old = _bench.Open()) await old.AddAsync("kept");

        var database = _bench.Open(schema: new DatabaseSchema($"{NoteBench.Tables}; {AddAuthor}; {AddIndex}", AddAuthor, AddIndex));

        Assert.Equal(3, await database.ReadAsync(static connection => connection.Integer("PRAGMA user_version"), default));
        Assert.Equal("nobody", await database.ReadAsync(static connection => connection.First("SELECT author FROM note WHERE text = 'kept'", static row => row.Text(0), string.Empty), default));
    }

    [Fact]
    public async Task Upgrade_ThatFails_LeavesTheOldForm()
    {
        await using (var old = _bench.Open()) await old.AddAsync("kept");
        var broken = _bench.Open(schema: new DatabaseSchema("never", AddAuthor, "CREATE nonsense"));

        await Assert.ThrowsAsync<InvalidOperationException>(broken.ListAsync);
        await broken.DisposeAsync();

        Assert.Equal(1, await _bench.Open().ReadAsync(static connection => connection.Integer("PRAGMA user_version"), default));
    }

    [Fact]
    public async Task Newer_IsRefusedAndLeftAlone()
    {
        await using (var newer = _bench.Open(schema: new DatabaseSchema(NoteBench.Tables, AddAuthor))) await newer.AddAsync("of tomorrow");
        var content = await File.ReadAllBytesAsync(_bench.Path);
        await using var database = _bench.Open();

        var error = await database.ListAsync().RefusedAsync();
        await database.DisposeAsync();

        Assert.Equal((ErrorCode.FailedPrecondition, "The database of the notes has form 2, which a newer plugin has made; this one knows form 1. Use the newer one."), (error.Code, error.Message));
        Assert.Equal(content, await File.ReadAllBytesAsync(_bench.Path));
    }

    [Fact]
    public async Task FirstUse_MakesPrivateFiles_AfterWhatMustBeThereFirst()
    {
        var made = new List<bool>();
        await using (var database = _bench.Open(beforeCreation: () => made.Add(File.Exists(_bench.Path))))
        {
            Assert.False(File.Exists(_bench.Path));
            await database.AddAsync("a");
            if (!OperatingSystem.IsWindows())
            {
                var folder = System.IO.Path.GetDirectoryName(_bench.Path)!;
                Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute, File.GetUnixFileMode(folder));
                foreach (var path in Directory.EnumerateFiles(folder)) Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(path));
                Assert.Equal(4, Directory.EnumerateFiles(folder).Count());
            }
        }

        await using (var again = _bench.Open(beforeCreation: () => made.Add(true))) Assert.Single(await again.ListAsync());

        Assert.Equal([false], made);
    }
}
