using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using EdgeHost.ModelStore.Manifests;

namespace EdgeHost.ModelStore.Tests;

/// <summary>Graphs that are made on the device.</summary>
public sealed partial class LocalModelStoreTests
{
    [Fact]
    public async Task PullAsync_VariantThatIsImported_MakesItsGraphOnceAndShowsAnOrdinaryModel()
    {
        var importer = AddImported();
        var log = new ProgressLog();
        var store = _fixture.CreateStore();

        var installed = await store.PullAsync("m", null, log, default);
        await store.PullAsync("m", null, null, default);
        var found = await store.ResolveAsync("m", default);

        var made = RecordingImporter.Make("1", Graph, Labels);
        Assert.Equal(1, importer.Calls);
        Assert.Equal(made, await File.ReadAllBytesAsync(found.GraphPath));
        Assert.Equal(StoreFixture.Sha256(made), found.GraphSha256);
        Assert.Equal(made.Length, found.SizeBytes);
        Assert.Equal(["model.onnx"], found.Files.Keys);
        Assert.Equal(new ImportedGraph("fp32", StoreFixture.Sha256(made), made.Length, "1"), Assert.Single(installed.Imports));
        Assert.Contains(log.Reports, item => item.Phase == PullPhase.Importing);
        Assert.Equal(ModelState.Installed, Assert.Single(await store.ListAsync(default)).State);
        Assert.Equal(["model.json", "model.bin", "model.onnx"], (await store.VerifyAsync("m", default)).Select(file => file.File));
    }

    [Fact]
    public async Task PruneAndRemove_ImportedModel_KeepAndTakeItsGraph()
    {
        AddImported();
        var store = _fixture.CreateStore();
        await store.PullAsync("m", null, null, default);

        Assert.Equal(0, (await store.PruneAsync(default)).Blobs);
        Assert.Equal(3, (await store.RemoveAsync("m", default)).Blobs);
        Assert.Empty(Directory.EnumerateFiles(_fixture.BlobsFolder));
    }

    [Fact]
    public async Task ResolveAsync_NewerImporter_MakesTheGraphAnewOfWhatIsHere()
    {
        var importer = AddImported();
        await _fixture.CreateStore().PullAsync("m", null, null, default);
        importer.Version = "2";

        var found = await _fixture.CreateStore().ResolveAsync("m", default);

        Assert.Equal(RecordingImporter.Make("2", Graph, Labels), await File.ReadAllBytesAsync(found.GraphPath));
        Assert.Equal(2, importer.Calls);
        await _fixture.CreateStore().ResolveAsync("m", default);
        Assert.Equal(2, importer.Calls);
    }

    [Fact]
    public async Task ResolveAsync_NewerImporterFails_ServesWhatTheEarlierOneMade()
    {
        var importer = AddImported();
        await _fixture.CreateStore().PullAsync("m", null, null, default);
        (importer.Version, importer.Error) = ("2", new EdgeHostException(ErrorCode.Unimplemented, "No such operator."));
        var store = _fixture.CreateStore();

        var found = await store.ResolveAsync("m", default);
        await store.ResolveAsync("m", default);

        Assert.Equal(RecordingImporter.Make("1", Graph, Labels), await File.ReadAllBytesAsync(found.GraphPath));
        Assert.Equal(2, importer.Calls);
    }

    [Fact]
    public async Task PullAsync_GraphAlteredOrGone_IsMadeAnew()
    {
        var importer = AddImported();
        var store = _fixture.CreateStore();
        await store.PullAsync("m", null, null, default);
        var made = RecordingImporter.Make("1", Graph, Labels);
        File.Delete(_fixture.BlobOf(made));

        Assert.Equal(ModelState.Incomplete, Assert.Single(await store.ListAsync(default)).State);
        await StoreFixture.FailsAsync(ErrorCode.FailedPrecondition, async () => await store.ResolveAsync("m", default));
        await store.PullAsync("m", null, null, default);

        Assert.Equal(2, importer.Calls);
        Assert.Equal(made, await File.ReadAllBytesAsync((await store.ResolveAsync("m", default)).GraphPath));
    }

    [Fact]
    public async Task PullAsync_ImportFails_InstallsNothingAndKeepsTheFilesForTheNextPull()
    {
        AddImported().Error = new EdgeHostException(ErrorCode.Unimplemented, "No such operator.");
        var store = _fixture.CreateStore();

        await StoreFixture.FailsAsync(ErrorCode.Unimplemented, () => store.PullAsync("m", null, null, default));

        Assert.Equal(ModelState.NotPulled, Assert.Single(await store.ListAsync(default)).State);
        Assert.True(File.Exists(_fixture.BlobOf(Graph)));
    }

    [Fact]
    public async Task PullAsync_GraphOverTheQuota_IsRefusedWithBothFigures()
    {
        AddImported();
        _fixture.Options.QuotaBytes = Graph.Length + Labels.Length + 1;

        var error = await StoreFixture.FailsAsync(ErrorCode.ResourceExhausted, () => _fixture.CreateStore().PullAsync("m", null, null, default));

        Assert.Contains("needed_bytes", error.Details.Keys);
    }

    [Fact]
    public async Task PullAsync_WithoutImporter_SaysSo()
    {
        AddImported();
        _fixture.Importer = null;

        await StoreFixture.FailsAsync(ErrorCode.FailedPrecondition, () => _fixture.CreateStore().PullAsync("m", null, null, default));
    }

    [Fact]
    public async Task PullAsync_ManyAtOnce_MakeOneGraph()
    {
        var importer = AddImported();
        var stores = Enumerable.Range(0, 6).Select(_ => _fixture.CreateStore()).ToArray();

        await Task.WhenAll(stores.Select(store => Task.Run(() => store.PullAsync("m", null, null, default))));

        // Each may come before the first record is written, and none while another one works.
        Assert.InRange(importer.Calls, 1, 6);
        Assert.Equal(1, importer.MostAtOnce);
        Assert.Equal(3, Directory.EnumerateFiles(_fixture.BlobsFolder).Count());
    }

    [Theory]
    [InlineData("""{ "format": "keras", "files": ["model.json"] }""", "$.variants[0].import.format")]
    [InlineData("""{ "format": "tfjs", "files": ["other.json"] }""", "$.variants[0].import")]
    [InlineData("""{ "format": "tfjs", "files": ["model.json", "model.json"] }""", "$.variants[0].import.files")]
    [InlineData("""{ "format": "tfjs", "files": [] }""", "$.variants[0].import.files")]
    [InlineData("""{ "format": "tfjs", "files": ["model.json"], "means": {} }""", "$.variants[0].import.means")]
    [InlineData("""{ "format": "tfjs", "files": ["model.json"], "means": { "m": 3 } }""", "$.variants[0].import.means.m")]
    [InlineData("""{ "format": "tfjs", "files": [3] }""", "$.variants[0].import.files[0]")]
    [InlineData("""{ "files": ["model.json"] }""", "$.variants[0].import.format")]
    [InlineData("""{ "format": "tfjs", "files": ["model.json"], "opset": 18 }""", "$.variants[0].import")]
    public void Catalogue_ImportThatCannotBe_IsAProblem(string import, string path)
    {
        AddImported(JsonNode.Parse(import)!.AsObject());

        Assert.Contains(Assert.Single(_fixture.Catalog.Problems).Problems, problem => problem.Path == path);
    }

    [Fact]
    public void Catalogue_ImportWhoseGraphIsAFile_IsAProblem()
    {
        AddImported(JsonNode.Parse("""{ "format": "tfjs", "files": ["model.json"] }""")!.AsObject(), "model.bin");

        Assert.Contains(Assert.Single(_fixture.Catalog.Problems).Problems, problem => problem.Path == "$.variants[0].graph");
    }

    private RecordingImporter AddImported(JsonObject? import = null, string graph = "model.onnx")
    {
        var importer = new RecordingImporter();
        _fixture.Importer = importer;
        var first = _fixture.WriteFile("source.json", Graph);
        var second = _fixture.WriteFile("source.bin", Labels);
        _fixture.AddModel(
            "m",
            "1.0.0",
            manifest =>
            {
                var variant = manifest["variants"]![0]!.AsObject();
                variant["graph"] = graph;
                variant["import"] = import ?? new JsonObject { ["format"] = "tfjs", ["files"] = new JsonArray("model.json", "model.bin") };
            },
            ("model.json", Graph, [$"file://{first}"]),
            ("model.bin", Labels, [$"file://{second}"]));
        return importer;
    }

    // What it makes tells which importer made it of what.
    private sealed class RecordingImporter : IModelImporter
    {
        private int _calls;
        private int _now;
        private int _most;

        public string Version { get; set; } = "1";

        public EdgeHostException? Error { get; set; }

        public int Calls => _calls;

        public int MostAtOnce => _most;

        public static byte[] Make(string version, params byte[][] files) => [.. Encoding.UTF8.GetBytes(version), .. files.SelectMany(SHA256.HashData)];

        public async Task<ReadOnlyMemory<byte>> ImportAsync(ImportRequest request, CancellationToken cancellationToken)
        {
            Interlocked.Increment(ref _calls);
            _most = Math.Max(_most, Interlocked.Increment(ref _now));
            try
            {
                if (Error is { } error) throw error;
                Assert.Equal(ModelFormat.TensorFlowJs, request.Format);
                Assert.Equal(["model.json", "model.bin"], request.Files.Select(file => file.Name));
                var files = await Task.WhenAll(request.Files.Select(file => File.ReadAllBytesAsync(file.Path, cancellationToken)));
                return Make(Version, files);
            }
            finally
            {
                Interlocked.Decrement(ref _now);
            }
        }
    }
}
