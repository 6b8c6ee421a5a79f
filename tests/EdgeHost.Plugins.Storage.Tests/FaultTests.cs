namespace EdgeHost.Plugins.Storage.Tests;

/// <summary>Full, damaged, unusable, limits that are none.</summary>
public sealed class FaultTests : IAsyncLifetime
{
    private readonly NoteBench _bench = new();

    public Task InitializeAsync() => Task.CompletedTask;

    public async Task DisposeAsync() => await _bench.DisposeAsync();

    [Fact]
    public async Task Full_KeepsWhatIsThere_AndGoesOnWhenThereIsRoom()
    {
        var database = _bench.Open(maxBytes: 1 << 17);
        await database.AddAsync("before");

        var error = await database.WriteAsync(static connection => connection.Execute("INSERT INTO note (bytes) VALUES (zeroblob(1000000))"), default).RefusedAsync();
        await database.AddAsync("after");

        Assert.Equal((ErrorCode.ResourceExhausted, "The book is full. Tear some out."), (error.Code, error.Message));
        Assert.Equal(["before", "after"], await database.ListAsync());
    }

    [Theory]
    [InlineData(0)]
    [InlineData(4096)]
    public async Task Damaged_SaysWhatToDo_AndServesAgainWhenItIsMended(int offset)
    {
        await using (var before = _bench.Open())
        {
            for (var i = 0; i < 20; i++) await before.AddAsync(new string('x', 2000));
        }

        var content = await File.ReadAllBytesAsync(_bench.Path);
        await File.WriteAllBytesAsync(_bench.Path, [.. content[..offset], .. content[offset..].Select(static (_, i) => (byte)(i * 7))]);
        var database = _bench.Open();

        var error = await database.ListAsync().RefusedAsync();
        File.Delete(_bench.Path + "-wal");
        File.Delete(_bench.Path + "-shm");
        await File.WriteAllBytesAsync(_bench.Path, content);

        Assert.Equal(ErrorCode.DataLoss, error.Code);
        Assert.StartsWith("The database of the notes is damaged (", error.Message, StringComparison.Ordinal);
        Assert.EndsWith(" Buy another one.", error.Message, StringComparison.Ordinal);
        Assert.Equal(20, (await database.ListAsync()).Count);
    }

    [Fact]
    public async Task Folder_ThatCannotBeMade_IsUnavailable()
    {
        var database = _bench.Open(path: Path.Combine("/dev/null", "notes", "notes.db"));

        Assert.Equal(ErrorCode.Unavailable, (await database.ListAsync().RefusedAsync()).Code);
    }

    [Fact]
    public async Task File_ThatIsAFolder_IsUnavailable()
    {
        Directory.CreateDirectory(_bench.Path);

        Assert.Equal(ErrorCode.Unavailable, (await _bench.Open().ListAsync().RefusedAsync()).Code);
    }

    [Fact]
    public async Task Delete_LeavesNoFile()
    {
        await using (var database = _bench.Open()) await database.AddAsync("a");

        PluginDatabase.Delete(_bench.Path);

        Assert.Empty(Directory.EnumerateFiles(Path.GetDirectoryName(_bench.Path)!));
    }

    [Fact]
    public void Limits_ThatAreNone_AreRefused()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => _bench.Open(queueLimit: 0));
        Assert.Throws<ArgumentOutOfRangeException>(() => _bench.Open(maxBytes: 1));
    }

    [Fact]
    public void PrivateFile_IsWholeAndStays()
    {
        var path = Path.Combine(Path.GetDirectoryName(_bench.Path)!, "key");
        PrivateFiles.EnsureFolder(Path.GetDirectoryName(path)!);

        Assert.True(PrivateFiles.TryCreate(path, [1, 2, 3]));
        Assert.False(PrivateFiles.TryCreate(path, [4]));

        Assert.Equal([1, 2, 3], File.ReadAllBytes(path));
        Assert.Equal([path], Directory.EnumerateFiles(Path.GetDirectoryName(path)!));
        if (!OperatingSystem.IsWindows()) Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(path));
    }
}
