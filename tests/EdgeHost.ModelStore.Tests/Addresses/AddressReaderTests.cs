using System.Text;
using EdgeHost.ModelStore.Addresses;
using EdgeHost.ModelStore.Tests.Sources;
using Microsoft.Extensions.Logging.Abstractions;

namespace EdgeHost.ModelStore.Tests.Addresses;

public sealed class AddressReaderTests : IDisposable
{
    private const string Commit = "0123456789abcdef0123456789abcdef01234567";

    private readonly StoreFixture _store = new();

    public void Dispose() => _store.Dispose();

    [Fact]
    public async Task Hub_IsListed_AndItsFilesAreNamedByTheCommit()
    {
        var graph = StoreFixture.RandomBytes(300_000, 1);
        await using var server = Hub(("onnx/model.onnx", graph), ("config.json", "{}"u8.ToArray()));
        var heard = new List<(string File, long Bytes)>();
        using var reader = Reader(server);

        using var folder = await reader.OpenAsync(Parse("hf:owner/name"), null, (file, bytes) => heard.Add((file, bytes)), CancellationToken.None);
        Assert.Equal(["config.json", "onnx/model.onnx"], folder.Files);
        await folder.FetchAsync(["onnx/model.onnx"], CancellationToken.None);

        var path = Path.Combine(folder.Root, "onnx", "model.onnx");
        Assert.Equal(graph, await File.ReadAllBytesAsync(path));
        Assert.Equal($"hf:owner/name@{Commit}/onnx/model.onnx", folder.SourceOf(path)!.Text);
        Assert.Null(folder.SourceOf(Path.Combine(folder.Root, "config.json")));
        Assert.Contains(("onnx/model.onnx", graph.Length), heard);
        Assert.DoesNotContain(server.Requests, static request => request.Path.EndsWith("config.json", StringComparison.Ordinal));

        var root = Path.GetDirectoryName(folder.Root);
        folder.Dispose();
        Assert.False(Directory.Exists(root));
    }

    [Fact]
    public async Task Hub_ThatIsNotThere_IsNotFound_AndLeavesNothing()
    {
        await using var server = Hub();
        using var reader = Reader(server);
        await StoreFixture.FailsAsync(ErrorCode.NotFound, () => reader.OpenAsync(Parse("hf:owner/other"), null, static (_, _) => { }, CancellationToken.None));
        Assert.Empty(Directory.GetDirectories(Path.Combine(_store.Options.HomeFolder, "models", "imports")));
    }

    [Fact]
    public async Task Hub_ThatAnswersSomethingElse_IsUnavailable()
    {
        await using var server = new FileServer("<html>"u8.ToArray());
        using var reader = Reader(server);
        var error = await StoreFixture.FailsAsync(ErrorCode.Unavailable, () => reader.OpenAsync(Parse("hf:owner/name"), null, static (_, _) => { }, CancellationToken.None));
        Assert.Contains("no list of files", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Download_ThatBreaksOff_IsResumed()
    {
        var bytes = StoreFixture.RandomBytes(200_000, 2);
        await using var server = new FileServer(bytes) { Cuts = 2, CutAfter = 50_000 };
        using var reader = Reader(server);
        using var folder = await reader.OpenAsync(Parse("https://example.org/some/model.tflite?download=1"), null, static (_, _) => { }, CancellationToken.None);

        await folder.FetchAsync(["model.tflite"], CancellationToken.None);

        var path = Path.Combine(folder.Root, "model.tflite");
        Assert.Equal(bytes, await File.ReadAllBytesAsync(path));
        Assert.Equal("https://example.org/some/model.tflite?download=1", folder.SourceOf(path)!.Text);
        Assert.Equal([null, "bytes=50000-", "bytes=100000-"], server.Requests.Select(static request => request.Range));
        Assert.Equal(["model.tflite"], Directory.GetFiles(folder.Root).Select(Path.GetFileName));
    }

    [Fact]
    public async Task Download_OfWhichNothingProvesThatItIsTheSame_BeginsAgain()
    {
        var bytes = StoreFixture.RandomBytes(200_000, 3);
        await using var server = new FileServer(bytes) { Cuts = 1, CutAfter = 50_000, ETag = null };
        using var reader = Reader(server);
        using var folder = await reader.OpenAsync(Parse("https://example.org/model.tflite"), null, static (_, _) => { }, CancellationToken.None);

        await folder.FetchAsync(["model.tflite"], CancellationToken.None);

        Assert.Equal(bytes, await File.ReadAllBytesAsync(Path.Combine(folder.Root, "model.tflite")));
        Assert.Equal([null, null], server.Requests.Select(static request => request.Range));
    }

    [Fact]
    public async Task File_BesideTheAddress_IsFetchedRelativeToIt()
    {
        await using var server = new FileServer([1, 2, 3]);
        using var reader = Reader(server);
        using var folder = await reader.OpenAsync(Parse("https://example.org/a/model.json"), null, static (_, _) => { }, CancellationToken.None);

        await folder.FetchAsync(["weights/part 1.bin"], CancellationToken.None);

        Assert.Equal("/a/weights/part%201.bin", Assert.Single(server.Requests).Path);
        Assert.Equal("https://example.org/a/weights/part%201.bin", folder.SourceOf(Path.Combine(folder.Root, "weights", "part 1.bin"))!.Text);
    }

    [Theory]
    [InlineData("../secret")]
    [InlineData("/etc/passwd")]
    [InlineData("a//b")]
    [InlineData("https://elsewhere.org/a")]
    public async Task Path_ThatLeadsOut_IsRefused(string path)
    {
        await using var server = new FileServer([1]);
        using var reader = Reader(server);
        using var folder = await reader.OpenAsync(Parse("https://example.org/model.json"), null, static (_, _) => { }, CancellationToken.None);
        await StoreFixture.FailsAsync(ErrorCode.InvalidArgument, () => folder.FetchAsync([path], CancellationToken.None));
        Assert.Empty(server.Requests);
    }

    [Fact]
    public async Task More_ThanTheLimit_IsRefused_WhetherTheServerSaysSoOrNot()
    {
        _store.Options.MaxImportBytes = 100_000;
        await using var server = new FileServer(StoreFixture.RandomBytes(70_000, 4));
        using var reader = Reader(server);
        using var folder = await reader.OpenAsync(Parse("https://example.org/model.json"), null, static (_, _) => { }, CancellationToken.None);
        await folder.FetchAsync(["one.bin"], CancellationToken.None);

        var error = await StoreFixture.FailsAsync(ErrorCode.ResourceExhausted, () => folder.FetchAsync(["two.bin"], CancellationToken.None));

        Assert.Contains("ModelStore:MaxImportBytes", error.Message, StringComparison.Ordinal);
    }

    [ShellFact]
    public async Task Package_IsReceivedOnce_AndReadForEachFile()
    {
        var npm = new FakeNpm(_store);
        npm.Archive(("package/package.json", "{}"u8.ToArray()), ("package/models/a.json", [1, 2]), ("package/models/a.bin", [3]), ("package/../outside", [4]));
        using var reader = Reader(null);
        using var folder = await reader.OpenAsync(Parse("npm:pack@1.0.0/models/a.json"), null, static (_, _) => { }, CancellationToken.None);
        Assert.Equal(["models/a.bin", "models/a.json", "package.json"], folder.Files);

        await folder.FetchAsync(["models/a.json"], CancellationToken.None);
        await folder.FetchAsync(["models/a.bin"], CancellationToken.None);

        Assert.Equal([1, 2], await File.ReadAllBytesAsync(Path.Combine(folder.Root, "models", "a.json")));
        Assert.Equal("npm:pack@1.0.0/models/a.bin", folder.SourceOf(Path.Combine(folder.Root, "models", "a.bin"))!.Text);
        Assert.Single(npm.Calls);
        var error = await StoreFixture.FailsAsync(ErrorCode.NotFound, () => folder.FetchAsync(["models/b.bin"], CancellationToken.None));
        Assert.Contains("models/b.bin", error.Message, StringComparison.Ordinal);
    }

    [ShellFact]
    public async Task Package_LargerThanTheLimit_IsRefused()
    {
        var npm = new FakeNpm(_store);
        npm.Archive(("package/a.bin", new byte[5000]));
        _store.Options.MaxImportBytes = 4096;
        using var reader = Reader(null);
        using var folder = await reader.OpenAsync(Parse("npm:pack@1.0.0"), null, static (_, _) => { }, CancellationToken.None);
        await StoreFixture.FailsAsync(ErrorCode.ResourceExhausted, () => folder.FetchAsync(["a.bin"], CancellationToken.None));
    }

    [ShellFact]
    public async Task Package_ThatIsNoArchive_IsDataLoss()
    {
        var npm = new FakeNpm(_store);
        await File.WriteAllBytesAsync(npm.ArchivePath, StoreFixture.RandomBytes(1000, 5));
        using var reader = Reader(null);
        await StoreFixture.FailsAsync(ErrorCode.DataLoss, () => reader.OpenAsync(Parse("npm:pack@1.0.0"), null, static (_, _) => { }, CancellationToken.None));
    }

    [Theory]
    [InlineData("hf:owner/name", "owner/name/config.json", "owner/name")]
    [InlineData("hf:owner/name", "name/config.json", "name")]
    [InlineData("npm:@scope/pack@1.0.0/a.json", "scope-pack-1.0.0.tgz", "scope-pack-1.0.0.tgz")]
    [InlineData("https://example.org/a/model.tflite?x=1", "model.tflite", "model.tflite")]
    public void Mirror_HasThingsByTheirNames(string address, string file, string found)
    {
        _store.WriteFile(Path.Combine("mirror", file), [1]);
        using var reader = Reader(null);
        var mirror = Path.Combine(_store.Root, "mirror");
        Assert.Equal(Path.Combine(mirror, found), reader.FindInMirror(Parse(address), mirror));
        Assert.Null(reader.FindInMirror(Parse(address), null));
        _store.Options.MirrorFolders.Add(mirror);
        Assert.Equal(Path.Combine(mirror, found), reader.FindInMirror(Parse(address), null));
    }

    [Fact]
    public async Task Prune_TakesWhatKilledImportsLeft_AndNothingElse()
    {
        var imports = Path.Combine(_store.Options.HomeFolder, "models", "imports");
        _store.AddModel("any", ("model.onnx", [1], [$"file:{_store.WriteFile("any.onnx", [1])}"]));
        var store = _store.CreateStore();
        await store.PullAsync("any", new PullOptions(), null, CancellationToken.None);
        var old = Directory.CreateDirectory(Path.Combine(imports, "old")).FullName;
        await File.WriteAllBytesAsync(Path.Combine(old, "part"), new byte[1234]);
        Directory.SetLastWriteTimeUtc(old, DateTime.UtcNow.AddDays(-3));
        var young = Directory.CreateDirectory(Path.Combine(imports, "young")).FullName;

        var result = await store.PruneAsync(CancellationToken.None);

        Assert.False(Directory.Exists(old));
        Assert.True(Directory.Exists(young));
        Assert.Equal(1234, result.Bytes);
    }

    private static ModelAddress Parse(string text) => ModelAddress.TryParse(text, out var address, out var problem) ? address : throw new ArgumentException(problem, nameof(text));

    private static FileServer Hub(params (string Path, byte[] Content)[] files)
    {
        var list = string.Join(',', files.Select(static file => $$"""{"rfilename":"{{file.Path}}"}"""));
        var served = files.ToDictionary(static file => $"/owner/name/resolve/{Commit}/{file.Path}", static file => file.Content, StringComparer.Ordinal);
        served["/api/models/owner/name/revision/main"] = Encoding.UTF8.GetBytes($$"""{"sha":"{{Commit}}","siblings":[{{list}}{{(list.Length > 0 ? "," : "")}}{"rfilename":"../x"}]}""");
        return new FileServer([]) { Files = served };
    }

    private AddressReader Reader(FileServer? server)
        => new(Microsoft.Extensions.Options.Options.Create(_store.Options), TimeProvider.System, NullLogger.Instance, server?.CreateHandler() ?? new SocketsHttpHandler());
}
